import { describe, expect, it } from 'vitest';
import {
  fieldUnitWord,
  formatArea,
  formatChange,
  formatDateLong,
  formatDateShort,
  formatDegrees,
  formatFieldValue,
  formatLength,
  formatPlaneCoordinate,
  formatScale,
  formatShare,
  joinWords,
  SQUARE_METERS_PER_MU,
  writeArea,
  writeCount,
} from '../../../client/i18n/format.ts';
import type { LayerField } from '../../../geodata/catalogue/layer-definition.ts';

function field(part: Partial<LayerField>): LayerField {
  return {
    name: 'value',
    type: 'text',
    title: { zh: '值', en: 'Value' },
    popup: false,
    table: false,
    filter: false,
    search: false,
    edit: false,
    tile: false,
    ...part,
  };
}

describe('formatArea', () => {
  it('writes the base of the campaign in each unit', () => {
    expect(formatArea(12_620_000, 'km2', 'zh-CN')).toEqual({ value: '12.62', unit: 'km²' });
    expect(formatArea(12_620_000, 'ha', 'zh-CN')).toEqual({ value: '1,262.00', unit: '公顷' });
    expect(formatArea(12_620_000, 'm2', 'en')).toEqual({ value: '12,620,000', unit: 'm²' });
    expect(formatArea(12_620_000, 'mu', 'zh-CN')).toEqual({ value: '18,930.00', unit: '亩' });
  });

  it('takes fifteen mu to the hectare', () => {
    expect(SQUARE_METERS_PER_MU * 15).toBeCloseTo(10_000, 9);
  });

  it('chooses the unit in which an area reads well', () => {
    expect(writeArea(9_999, 'zh-CN')).toBe('9,999 m²');
    expect(writeArea(23_600, 'zh-CN')).toBe('2.36 公顷');
    expect(writeArea(23_600, 'en')).toBe('2.36 ha');
    expect(writeArea(12_620_000, 'en')).toBe('12.62 km²');
  });
});

describe('formatLength', () => {
  it('changes from metres to kilometres at one kilometre', () => {
    expect(formatLength(999.4, 'en')).toEqual({ value: '999', unit: 'm' });
    expect(formatLength(48_123, 'zh-CN')).toEqual({ value: '48.12', unit: 'km' });
  });
});

describe('dates', () => {
  it('are long in text and short in tables', () => {
    expect(formatDateLong('2025-09-30', 'zh-CN')).toBe('2025年9月30日');
    expect(formatDateLong('2025-09-30', 'en')).toBe('30 September 2025');
    expect(formatDateShort('2025-09-30')).toBe('2025-09-30');
  });

  it('take an instant as the day it is in Shanghai', () => {
    expect(formatDateShort('2025-09-30T16:30:00Z')).toBe('2025-10-01');
    expect(formatDateLong('2025-09-30T15:59:59Z', 'zh-CN')).toBe('2025年9月30日');
  });

  it('leave text that is no date as it is', () => {
    expect(formatDateShort('待定')).toBe('待定');
    expect(formatDateLong('待定', 'en')).toBe('待定');
  });
});

describe('shares and changes', () => {
  it('have one decimal and no share without a base', () => {
    expect(formatShare(406, 535, 'zh-CN')).toBe('75.9%');
    expect(formatShare(406, 535, 'zh-CN', 0)).toBe('76%');
    expect(formatShare(0, 0, 'zh-CN')).toBe('—');
  });

  it('carry their sign, and none where nothing changed', () => {
    expect(formatChange(9, 'zh-CN')).toBe('+9');
    expect(formatChange(-1200, 'en')).toBe('−1,200');
    expect(formatChange(-0.001, 'en', 2)).toBe('0');
  });
});

describe('coordinates and scale', () => {
  it('give degrees to about a metre', () => {
    expect(formatDegrees(115.3412)).toBe('115.34120°');
  });

  it('group the metres of a plane coordinate', () => {
    expect(formatPlaneCoordinate(38_634_120.66)).toBe('38\u202f634\u202f120.7');
    expect(formatPlaneCoordinate(999.96)).toBe('1\u202f000.0');
    expect(formatPlaneCoordinate(-1234.5)).toBe('−1\u202f234.5');
  });

  it('round a scale to what a screen can mean', () => {
    expect(formatScale(1_148_231, 'zh-CN')).toBe('1:1,150,000');
    expect(formatScale(1_148_231, 'zh-CN', 2)).toBe('1:1,100,000');
  });
});

describe('formatFieldValue', () => {
  it('reads stored words in the language of the page', () => {
    const phase = field({ enum: [{ value: 'closed', title: { zh: '已销号', en: 'Closed' } }] });
    expect(formatFieldValue(phase, 'closed', 'zh-CN')).toBe('已销号');
    expect(formatFieldValue(phase, 'closed', 'en')).toBe('Closed');
    expect(formatFieldValue(phase, 'unheard-of', 'en')).toBe('unheard-of');
  });

  it('separates thousands of amounts and never of years', () => {
    expect(formatFieldValue(field({ type: 'real', unit: 'm2' }), 23_600.4, 'zh-CN')).toBe('23,600');
    expect(formatFieldValue(field({ type: 'integer', unit: 'year' }), 2025, 'zh-CN')).toBe('2025');
    expect(formatFieldValue(field({ type: 'real', unit: 'percent' }), 62.25, 'en')).toBe('62.3');
  });

  it('gives nothing for what is missing, and zero for zero', () => {
    expect(formatFieldValue(field({ type: 'real' }), null, 'en')).toBe('');
    expect(formatFieldValue(field({ type: 'real' }), undefined, 'en')).toBe('');
    expect(formatFieldValue(field({ type: 'real' }), 0, 'en')).toBe('0');
  });

  it('says yes and no', () => {
    expect(formatFieldValue(field({ type: 'boolean' }), true, 'zh-CN')).toBe('是');
    expect(formatFieldValue(field({ type: 'boolean' }), false, 'en')).toBe('No');
  });

  it('puts the unit into the heading except for years', () => {
    expect(fieldUnitWord(field({ unit: '10k_cny' }), 'zh-CN')).toBe('万元');
    expect(fieldUnitWord(field({ unit: 'year' }), 'zh-CN')).toBe('');
  });
});

describe('writeCount', () => {
  it('writes one thing in the singular in English', () => {
    expect(writeCount(1, 'sites', 'en')).toBe('1 site');
    expect(writeCount(1, 'patches', 'en')).toBe('1 patch');
    expect(writeCount(0, 'sites', 'en')).toBe('0 sites');
    expect(writeCount(1155, 'patches', 'en')).toBe('1,155 patches');
    expect(writeCount(1, '座', 'zh-CN')).toBe('1 座');
  });
});

describe('joinWords', () => {
  it('sets the comma of the language between names', () => {
    expect(joinWords(['甲', '乙'], 'zh-CN')).toBe('甲、乙');
    expect(joinWords(['A', 'B'], 'en')).toBe('A, B');
  });
});
