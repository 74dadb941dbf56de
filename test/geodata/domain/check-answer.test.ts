import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Answer } from '../../../geodata/contract/marking.ts';
import { type AnswerSetting, percentOf, treatedToDate } from '../../../geodata/domain/answer-setting.ts';
import { describeWarning, findWarnings } from '../../../geodata/domain/answer-warnings.ts';
import { checkAnswer } from '../../../geodata/domain/check-answer.ts';
import { hectares } from '../../../geodata/domain/hectares.ts';
import { addYears, endsQuarter, lastDayOf } from '../../../geodata/domain/period.ts';
import { requirementField } from '../../../geodata/domain/requirement-fields.ts';
import { requirementIds } from '../../../geodata/domain/workflow.ts';

const setting: AnswerSetting = {
  period: '2025-09',
  workDay: '2025-09-30',
  status: 'in_progress',
  standingSince: '2025-06-01',
  liability: '历史遗留',
  progressPercent: 40,
  treatedAreaSquareMeters: 5000,
  measuredAreaSquareMeters: 20_000,
  declaredAreaSquareMeters: 20_000,
  startedOn: '2025-05-01',
  completedOn: null,
  patches: [
    { code: 'a', measuredAreaSquareMeters: 12_000 },
    { code: 'b', measuredAreaSquareMeters: 8_000 },
  ],
  previous: { investment: { toDate: 10 } },
  evidence: [],
};
const warned = (answer: Answer, more: Partial<AnswerSetting> = {}) =>
  findWarnings(answer, { ...setting, ...more }).map(({ id }) => id);
const wrong = (answer: Answer, effectiveOn = '2025-09-20', more: Partial<AnswerSetting> = {}) =>
  checkAnswer(effectiveOn, answer, { ...setting, ...more }).problems.map(({ field }) => field);

it('the treated area is the sum of the patches where each is given', () => {
  expect(treatedToDate({ patches: { a: 0.1, b: 0.2 } }, setting.patches)).toBe(0.3);
  expect(treatedToDate({ patches: { a: 1 }, treatedToDateSquareMeters: 7 }, setting.patches)).toBe(7);
  expect(treatedToDate({}, setting.patches)).toBeUndefined();
  expect(percentOf({ status: 'completed' })).toBe(100);
});

it('what is as it was, or grows as told, is not unlikely', () => {
  expect(
    warned({
      progressPercent: 40,
      treatedThisPeriodSquareMeters: 3000,
      treatedToDateSquareMeters: 8000,
      investment: { toDate: 10 },
    }),
  ).toEqual([]);
});

it.each<[Answer, string, Partial<AnswerSetting>?]>([
  [{ progressPercent: 39.9 }, 'percent_falls'],
  [{ treatedToDateSquareMeters: 4999 }, 'treated_falls'],
  [{ treatedToDateSquareMeters: 20_001 }, 'treated_above_measured', { treatedAreaSquareMeters: 19_000 }],
  [{ patches: { b: 8001 } }, 'treated_above_measured'],
  [{ treatedToDateSquareMeters: 19_000 }, 'treated_jump', { treatedAreaSquareMeters: 100 }],
  [{ treatedThisPeriodSquareMeters: 10, treatedToDateSquareMeters: 5012 }, 'sum_differs'],
  [{ treatedThisPeriodSquareMeters: 10, patches: { a: 4000, b: 2000 } }, 'sum_differs'],
  [{ investment: { toDate: 9.99 } }, 'investment_falls'],
])('warns of %j: %s', (answer, id, more) => {
  expect(warned(answer, more)).toEqual([id]);
});

it('says what fell in hectares', () => {
  const [warning] = findWarnings(
    { treatedToDateSquareMeters: 24_000 },
    { ...setting, treatedAreaSquareMeters: 25_500, measuredAreaSquareMeters: 30_000 },
  );
  if (warning === undefined) throw new Error('no warning');
  expect(describeWarning(warning).zh).toBe(
    '累计治理面积 2.40 公顷,小于上月 2.55 公顷。请核对,或填写减少原因。',
  );
  expect([hectares(24_000), hectares(24_001), hectares(0)]).toEqual(['2.40', '2.4001', '0.00']);
});

it('whatever is answered, a warning has words with its numbers and no gaps', () => {
  const number = fc.double({ min: 0, max: 1e9, noNaN: true });
  fc.assert(
    fc.property(
      fc.record(
        {
          progressPercent: fc.double({ min: 0, max: 100, noNaN: true }),
          treatedThisPeriodSquareMeters: number,
          treatedToDateSquareMeters: number,
          patches: fc.record({ a: number, b: number }, { requiredKeys: [] }),
        },
        { requiredKeys: [] },
      ),
      (answer) => {
        for (const warning of findWarnings(answer, setting)) {
          const { zh, en } = describeWarning(warning);
          expect(`${zh} ${en}`).not.toMatch(/NaN|undefined|null/);
        }
      },
    ),
  );
});

it('refuses days out of order or in the future, at their field', () => {
  const completed = { status: 'completed' } as const;
  expect(wrong(completed, '2025-10-01')).toContain('effectiveOn');
  expect(wrong(completed, '2025-05-31')).toContain('effectiveOn');
  expect(wrong({ progressPercent: 50 }, '2025-05-31')).toEqual([]);
  expect(wrong({ progressPercent: 50 }, '0202-09-20')).toEqual(['effectiveOn']);
  expect(wrong({ progressPercent: 50 }, '2025-09-20', { period: '2025-10' })).toEqual(['period']);
  expect(wrong({ ...completed, facts: { completedOn: '2025-04-01' } })).toContain('answer.facts.completedOn');
  expect(wrong({ ...completed, facts: { completedOn: '2025-09-21' } })).toContain('answer.facts.completedOn');
});

it('takes one kind of answer at a time', () => {
  expect(wrong({ noProgressReason: '停工', note: '说明' })).toEqual([]);
  expect(wrong({ noProgressReason: '停工', issues: '雨' })).toEqual(['answer.issues']);
  expect(wrong({}, '2025-09-20', { status: 'closed' })).toEqual(['answer.aftercare']);
  expect(wrong({ aftercare: '良好' }, '2025-09-20', { status: 'closed' })).toEqual([]);
});

it('every requirement has its field in both bodies', () => {
  for (const id of requirementIds) {
    expect(requirementField(id, 'report')).toMatch(/^(answer\.(note|facts\.\w+)|attachments)$/);
    expect(requirementField(id, 'decision')).toMatch(/^(reason|facts\.\w+|attachments)$/);
  }
});

it('knows the calendar', () => {
  expect(lastDayOf('2024-02')).toBe('2024-02-29');
  expect(addYears('2024-02-29', 3)).toBe('2027-02-28');
  expect(['2025-02', '2025-03', '2025-12'].map(endsQuarter)).toEqual([false, true, true]);
});
