/** What a filled row reports, as the form would send it. Pure. */
import type { Answer, SubmitReport, Warning } from '../../geodata/contract/marking.ts';
import { answerSchema, issueKinds, warningSchema } from '../../geodata/contract/marking.ts';
import type { InputId } from './columns.ts';
import type { InputValue } from './read-input.ts';

/** `attachments`: ids of evidence of the site that waits for its report. `day`: 发生日期 where the row gives none. */
export function toOrder(
  values: ReadonlyMap<InputId, InputValue>,
  { attachments, day }: { attachments: readonly string[]; day: string },
): SubmitReport {
  const get = (id: InputId) => values.get(id);
  const facts = given({ documentNumber: get('documentNumber'), startedOn: get('startedOn') });
  const investment = given({ thisPeriod: get('investmentThisPeriod'), toDate: get('investmentToDate') });
  const kind = issueKinds.find((id) => id === get('issueKind'));
  const answer: Answer = answerSchema.parse(
    given({
      noProgressReason: get('noProgressReason'),
      status: get('status'),
      progressPercent: get('progressPercent'),
      treatedThisPeriodSquareMeters: get('treatedThisPeriod'),
      treatedToDateSquareMeters: get('treatedToDate'),
      investment: orNothing(investment),
      issueKinds: kind === undefined ? undefined : [kind],
      issues: get('issues'),
      nextSteps: get('nextSteps'),
      expectedFinishOn: get('expectedFinishOn'),
      note: get('note'),
      facts: orNothing(facts),
      aftercare: get('aftercare'),
    }),
  );
  return {
    effectiveOn: String(get('effectiveOn') ?? day),
    answer,
    attachments: [...attachments],
    reasons: reasonsOf(get('reason')),
  };
}

/** One cell gives the reason of whatever is unlikely in its row. */
function reasonsOf(reason: InputValue | undefined): SubmitReport['reasons'] {
  if (reason === undefined) return {};
  const ids: readonly Warning['id'][] = warningSchema.shape.id.options;
  return Object.fromEntries(ids.map((id) => [id, String(reason)]));
}

function given(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

function orNothing(members: Record<string, unknown>): Record<string, unknown> | undefined {
  return Object.keys(members).length === 0 ? undefined : members;
}
