import { describe, expect, it } from 'vitest';
import { featureTitle, fieldRows } from '../../../client/panels/feature/feature-fields.ts';
import { biodiversityCorridors } from '../../../geodata/catalogue/biodiversity-corridors.ts';
import { catalogue } from '../../../geodata/catalogue/index.ts';
import { mineSites } from '../../../geodata/catalogue/mine-sites.ts';

const countyName = (adcode: string) => (adcode === '360728' ? '定南县' : adcode);
const read = (properties: Record<string, unknown>, language: 'zh-CN' | 'en' = 'zh-CN') =>
  Object.fromEntries(
    fieldRows(mineSites, properties, { language, countyName }).map(({ title, value }) => [title, value]),
  );

describe('fieldRows', () => {
  it('reads fields with their units, words and places', () => {
    const rows = read({
      code: 'CT360728001',
      status: 'city_accepted',
      status_on: '2024-08-16',
      progress_percent: 62.5,
      county_adcode: '360728',
      plan_year: 2024,
      declared_area_m2: 25_470.5,
      area_m2: 980,
    });
    expect(rows).toEqual({
      编号: 'CT360728001',
      状态: '市级验收',
      状态日期: '2024-08-16',
      形象进度: '62.5%',
      '县(市、区)': '定南县',
      计划年度: '2024',
      申报面积: '25,470.5 m² · 2.55 公顷',
      量算面积: '980 m²',
    });
  });

  it('speaks English as well', () => {
    expect(read({ status: 'closed', plan_year: 2024, county_adcode: '360728' }, 'en')).toEqual({
      Status: 'Closed',
      'Plan year': '2024',
      County: '定南县',
    });
  });

  it('shows a zero and hides what is missing, the title and the kind of data', () => {
    expect(read({ name: '甲矿', data_kind: 'sample', treated_area_m2: 0, accepted_area_m2: null })).toEqual({
      累计治理面积: '0 m²',
    });
  });

  it('gives lengths in kilometres and attested heights in metres', () => {
    const rows = fieldRows(
      biodiversityCorridors,
      { length_m: 48_123.4, min_elevation_m: 400 },
      { language: 'zh-CN', countyName },
    );
    expect(rows.map(({ value }) => value)).toEqual(['400 m', '48.12 km']);
  });
});

describe('featureTitle', () => {
  it.each(
    catalogue.map((layer) => [layer.id, layer] as const),
  )('of %s falls back to the code', (_id, layer) => {
    expect(featureTitle(layer, { [layer.titleField]: '甲' }, 'X1')).toBe('甲');
    expect(featureTitle(layer, { [layer.titleField]: null }, 'X1')).toBe('X1');
    expect(featureTitle(layer, {}, 'X1')).toBe('X1');
  });
});
