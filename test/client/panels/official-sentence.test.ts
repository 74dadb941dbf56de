import { describe, expect, it } from 'vitest';
import { progressEn, progressZh } from '../../../client/i18n/progress.ts';
import { officialSentence, type Told } from '../../../client/panels/context/official-sentence.ts';

const of = (count: number, areaSquareMeters: number) => ({ count, areaSquareMeters });
const standing = {
  listed: of(533, 12_500_000),
  started: of(500, 11_800_000),
  completed: of(406, 9_630_000),
  closed: of(172, 4_160_000),
  rectifying: of(6, 90_000),
  excluded: of(2, 120_000),
  treated: of(480, 10_940_000),
};
const none = of(0, 0);
const told: Told = {
  place: '赣州市',
  asOf: '2025-09-30',
  base: of(535, 12_620_000),
  standing,
  previous: { ...standing, completed: of(397, 9_420_000) },
  attention: {
    returned: none,
    waits_county: none,
    waits_city: none,
    silent: { ...none, steps: [] },
    overdue: { ...of(21, 400_000), steps: [] },
  },
  areaBasis: '申报面积',
  isSample: true,
};

describe('the official sentence', () => {
  it('tells sites and area apart, each with its rate of the base, and marks sample data', () => {
    expect(officialSentence(told, progressZh.sentence, 'zh-CN')).toBe(
      '截至2025年9月30日,赣州市废弃矿山修复下达任务535座、12.62平方公里,台账合计533座、12.50平方公里;已开工500座,开工率93.5%(按面积93.5%);已完工406座、9.63平方公里,完工率75.9%(按面积76.3%);已销号172座,销号率32.1%(按面积33.0%);累计治理面积10.94平方公里,较上月末新增完工9座,整改6座,超计划年度21座,核减2座(另计),面积口径为申报面积。(示意数据)',
    );
  });

  it('is said in English too', () => {
    const sentence = officialSentence(
      { ...told, place: 'Ganzhou', areaBasis: 'Declared area' },
      progressEn.sentence,
      'en',
    );
    expect(sentence).toContain('As of 30 September 2025');
    expect(sentence).toContain('completed 406 sites, 9.63 km², 75.9% (by area 76.3%)');
    expect(sentence).toMatch(/\(sample data\)$/);
  });

  it('of a place without a base of its own goes by its ledger, in 公顷, and leaves out what is nought', () => {
    const small = {
      ...standing,
      listed: of(10, 200_000),
      completed: of(5, 80_000),
      rectifying: none,
      excluded: none,
    };
    const sentence = officialSentence(
      {
        ...told,
        base: null,
        standing: small,
        previous: small,
        attention: { ...told.attention, overdue: { ...none, steps: [] } },
        isSample: false,
      },
      progressZh.sentence,
      'zh-CN',
    );
    expect(sentence).toContain('修复台账合计10座、20.00公顷;');
    expect(sentence).toContain('完工率50.0%(按面积40.0%)');
    expect(sentence).not.toMatch(/下达任务|整改|核减|超计划|新增|示意/);
  });
});
