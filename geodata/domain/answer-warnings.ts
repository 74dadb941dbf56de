/** Unlikely values of a monthly report, and how each is said. Pure. */
import type { Bilingual } from '../catalogue/layer-definition.ts';
import type { Answer, Warning } from '../contract/marking.ts';
import { type AnswerSetting, percentOf, treatedToDate } from './answer-setting.ts';
import { hectares } from './hectares.ts';

type WarningId = Warning['id'];

/** What 0.0001 公顷 of rounding can make of a sum of two. */
const sumToleranceSquareMeters = 1;
/** A month that treats more than this share of a site of this size is looked at twice. */
const jump = { share: 0.8, leastSquareMeters: 10_000 };

/** At most one of a kind. Compared with the standing state, money with the last report that was passed. */
export function findWarnings(answer: Answer, setting: AnswerSetting): Warning[] {
  const percent = percentOf(answer);
  const treated = treatedToDate(answer, setting.patches);
  const before = setting.treatedAreaSquareMeters;
  const found: (Warning | null)[] = [
    falls('percent_falls', 'answer.progressPercent', percent, setting.progressPercent),
    falls('treated_falls', 'answer.treatedToDateSquareMeters', treated, before),
    aboveMeasured(answer, treated, setting),
    jumps(treated, setting),
    sumDiffers(answer.treatedThisPeriodSquareMeters, treated, before),
    falls(
      'investment_falls',
      'answer.investment.toDate',
      answer.investment?.toDate,
      setting.previous?.investment?.toDate ?? null,
    ),
    doubtfulEvidence(setting),
  ];
  return found.filter((warning) => warning !== null);
}

/** Evidence is doubted by the program, not by who reports: it is shown to the reviewer and asks for no reason. */
export function needsReason({ id }: Pick<Warning, 'id'>): boolean {
  return id !== 'evidence_doubtful';
}

function falls(id: WarningId, field: string, now: number | undefined, before: number | null): Warning | null {
  if (now === undefined || before === null || now >= before - 1e-9) return null;
  return { id, field, values: { now, before } };
}

function aboveMeasured(
  answer: Answer,
  treated: number | undefined,
  { measuredAreaSquareMeters: measured, patches }: AnswerSetting,
): Warning | null {
  if (treated !== undefined && measured !== null && treated > measured + 0.5) {
    return {
      id: 'treated_above_measured',
      field: 'answer.treatedToDateSquareMeters',
      values: { now: treated, measured },
    };
  }
  const above = patches.find(({ code, measuredAreaSquareMeters }) => {
    const area = answer.patches?.[code];
    return area !== undefined && measuredAreaSquareMeters !== null && area > measuredAreaSquareMeters + 0.5;
  });
  if (above === undefined) return null;
  return {
    id: 'treated_above_measured',
    field: `answer.patches.${above.code}`,
    values: {
      patch: above.code,
      now: answer.patches?.[above.code] ?? 0,
      measured: above.measuredAreaSquareMeters ?? 0,
    },
  };
}

function jumps(treated: number | undefined, setting: AnswerSetting): Warning | null {
  const area = setting.measuredAreaSquareMeters ?? setting.declaredAreaSquareMeters;
  if (treated === undefined || area === null || area < jump.leastSquareMeters) return null;
  const added = treated - (setting.treatedAreaSquareMeters ?? 0);
  if (added <= area * jump.share) return null;
  return { id: 'treated_jump', field: 'answer.treatedToDateSquareMeters', values: { added, area } };
}

function sumDiffers(
  added: number | undefined,
  treated: number | undefined,
  before: number | null,
): Warning | null {
  if (added === undefined || treated === undefined) return null;
  const sum = (before ?? 0) + added;
  if (Math.abs(sum - treated) <= sumToleranceSquareMeters) return null;
  return {
    id: 'sum_differs',
    field: 'answer.treatedThisPeriodSquareMeters',
    values: { added, before: before ?? 0, now: treated },
  };
}

function doubtfulEvidence({ evidence }: AnswerSetting): Warning | null {
  const count = evidence.filter(({ isDoubtful }) => isDoubtful).length;
  return count === 0 ? null : { id: 'evidence_doubtful', field: 'attachments', values: { count } };
}

/** What is unlikely and what to do about it. */
export function describeWarning({ id, values }: Warning): Bilingual {
  const number = (name: string): number => Number(values[name] ?? 0);
  const area = (name: string): string => hectares(number(name));
  switch (id) {
    case 'percent_falls':
      return {
        zh: `形象进度 ${number('now')}%,小于上月 ${number('before')}%。请核对,或填写减少原因。`,
        en: `Progress is ${number('now')} %, less than the ${number('before')} % before. Check it, or say why it fell.`,
      };
    case 'treated_falls':
      return {
        zh: `累计治理面积 ${area('now')} 公顷,小于上月 ${area('before')} 公顷。请核对,或填写减少原因。`,
        en: `Treated to date is ${area('now')} ha, less than the ${area('before')} ha before. Check it, or say why it fell.`,
      };
    case 'treated_above_measured': {
      const patch = values.patch === undefined ? null : String(values.patch);
      return {
        zh: `${patch === null ? '' : `图斑 ${patch}:`}累计治理面积 ${area('now')} 公顷,大于量算面积 ${area('measured')} 公顷。请核对,或说明原因。`,
        en: `${patch === null ? '' : `Patch ${patch}: `}treated to date is ${area('now')} ha, more than the measured ${area('measured')} ha. Check it, or say why.`,
      };
    }
    case 'treated_jump':
      return {
        zh: `一个月新增治理 ${area('added')} 公顷,超过全矿 ${area('area')} 公顷的八成。请核对,或说明原因。`,
        en: `${area('added')} ha were treated in one month, more than four fifths of the site's ${area('area')} ha. Check it, or say why.`,
      };
    case 'sum_differs':
      return {
        zh: `本月新增 ${area('added')} 公顷,加上月累计 ${area('before')} 公顷,与累计治理面积 ${area('now')} 公顷不符。请核对,或说明原因。`,
        en: `This month's ${area('added')} ha and the ${area('before')} ha before do not add up to ${area('now')} ha. Check them, or say why.`,
      };
    case 'investment_falls':
      return {
        zh: `累计投资 ${number('now')} 万元,小于上月 ${number('before')} 万元。请核对,或填写减少原因。`,
        en: `Investment to date is ${number('now')}, less than the ${number('before')} before (10 000 yuan). Check it, or say why it fell.`,
      };
    case 'evidence_doubtful':
      return {
        zh: `${number('count')} 份材料的自查结果存疑,审核时会看到。`,
        en: `${number('count')} pieces of evidence look doubtful; the reviewer will see them.`,
      };
  }
}
