/** From what was typed to what is sent: an answer in the units of the contract, or the fields that cannot be read. Pure. */
import type { Answer, Facts, SubmitReport } from '../../../geodata/contract/marking.ts';
import { fundSources } from '../../../geodata/contract/marking.ts';
import { type Draft, moneyFields } from './draft.ts';
import { readArea, readNumber, type TypedNumber } from './quantities.ts';

/** Fields by their path in the answer, as the service names them too. */
export type ReadDraft = { answer: Answer; unreadable: string[] };

/** Empty fields stay out of the answer; what is no number is named in `unreadable`. */
export function readDraft(draft: Draft): ReadDraft {
  if (draft.noProgress) {
    return { answer: { noProgressReason: draft.noProgressReason.trim() }, unreadable: [] };
  }
  const unreadable: string[] = [];
  const number = (field: string, typed: TypedNumber): number | undefined => {
    if (typed.is === 'invalid') unreadable.push(field);
    return typed.is === 'number' ? typed.value : undefined;
  };
  const area = (field: string, text: string) => number(field, readArea(text, draft.areaUnit));
  const patches = defined(
    Object.entries(draft.patches).map(([code, text]) => [code, area(`patches.${code}`, text)]),
  );
  const bySource = defined(
    fundSources.map((name) => [
      name,
      number(`investment.bySource.${name}`, readNumber(draft.bySource[name])),
    ]),
  );
  const investment = {
    ...defined(
      moneyFields.map((name) => [name, number(`investment.${name}`, readNumber(draft.money[name]))]),
    ),
    ...(isEmpty(bySource) ? {} : { bySource }),
  };
  const facts = readFacts(draft);
  const answer: Answer = {
    ...(draft.status === null ? {} : { status: draft.status }),
    ...defined([
      ['progressPercent', number('progressPercent', readNumber(draft.progressPercent))],
      ['treatedThisPeriodSquareMeters', area('treatedThisPeriodSquareMeters', draft.treatedThisPeriod)],
      ['treatedToDateSquareMeters', area('treatedToDateSquareMeters', draft.treatedToDate)],
    ]),
    ...(isEmpty(patches) ? {} : { patches }),
    ...(isEmpty(investment) ? {} : { investment }),
    ...(draft.issueKinds.length === 0 ? {} : { issueKinds: draft.issueKinds }),
    ...written({
      issues: draft.issues,
      nextSteps: draft.nextSteps,
      expectedFinishOn: draft.expectedFinishOn,
      note: draft.note,
      aftercare: draft.aftercare,
    }),
    ...(isEmpty(facts) ? {} : { facts }),
  };
  return { answer, unreadable };
}

/** Only a change of status brings facts along. */
function readFacts(draft: Draft): Facts {
  if (draft.status === null) return {};
  return written({ documentNumber: draft.documentNumber, startedOn: draft.startedOn });
}

/** The body that is sent; reasons that were left empty stay out. */
export function submissionOf(draft: Draft, answer: Answer, attachments: string[]): SubmitReport {
  return { effectiveOn: draft.effectiveOn, answer, attachments, reasons: written(draft.reasons) };
}

function defined(entries: (readonly [string, number | undefined])[]): Record<string, number> {
  return Object.fromEntries(entries.filter((entry): entry is [string, number] => entry[1] !== undefined));
}

function written(texts: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts)
      .map(([name, text]) => [name, text.trim()] as const)
      .filter(([, text]) => text !== ''),
  );
}

function isEmpty(record: object): boolean {
  return Object.keys(record).length === 0;
}
