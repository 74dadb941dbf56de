import { describe, expect, it } from 'vitest';
import { scaleChoices } from '../../../../client/panels/print/scale-choices.ts';
import { siteChoices } from '../../../../client/panels/print/site-choices.ts';
import { slotLengths } from '../../../../client/panels/print/slot-lengths.ts';
import { roundScale } from '../../../../geodata/domain/sheet-paper.ts';

describe('what the composer offers', () => {
  it('is round scales round the planned one, from the larger to the smaller, the chosen among them', () => {
    const scales = scaleChoices(350_000, null);
    expect(scales).toContain(350_000);
    expect(scales).toContain(50_000);
    expect(scales).toEqual([...scales].sort((a, b) => a - b));
    for (const scale of scales) expect(roundScale(scale)).toBe(scale);
    expect(scaleChoices(350_000, 123_456)).toContain(123_456);
    expect(scaleChoices(null, null).length).toBeGreaterThan(20);
  });

  it('is sites by name in the order of the language, with the code of each', () => {
    const rows = [
      { code: 'A10', properties: { name: '曾田采石场' } },
      { code: 'A2', properties: { name: '岿美山' } },
      { code: 'A3', properties: { name: null } },
    ];
    expect(siteChoices(rows, { titleField: 'name' }, 'zh-CN').map(({ label }) => label)).toEqual([
      '曾田采石场 A10',
      '岿美山 A2',
      'A3',
    ]);
  });

  it('is texts as long as the service takes them', () => {
    expect(slotLengths).toMatchObject({ title: 120, note: 600, mapNumber: 60 });
  });
});
