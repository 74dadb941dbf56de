/** What happened to a site, in one line a step. Pure. */
import type { Bilingual } from '../../../geodata/catalogue/layer-definition.ts';
import { type StatusId, statuses } from '../../../geodata/domain/workflow.ts';
import type { FactName, TimelineEvent } from '../../remediation/site-timeline.ts';
import type { SiteContent } from '../sheet-content.ts';

/** The document a step rests on. */
const documentOf: Partial<Record<StatusId, FactName>> = {
  verified: 'recognitionNumber',
  approved: 'approvalNumber',
  city_accepted: 'acceptanceDocument',
  closed: 'closingNumber',
  handed_over: 'handoverNumber',
};

/**
 * Each day on which the status became another one, oldest first, up to `asOf`; of several events on a day the last holds. `events`
 * in the order in which they hold.
 */
export function timelineOf(events: readonly TimelineEvent[], asOf: string | null): SiteContent['timeline'] {
  const known = events.filter(({ effectiveOn }) => asOf === null || effectiveOn <= asOf);
  const ofDays = known.filter(({ effectiveOn }, index) => known[index + 1]?.effectiveOn !== effectiveOn);
  return ofDays
    .filter(({ status }, index) => ofDays[index - 1]?.status !== status)
    .map((event) => ({ on: event.effectiveOn, words: wordsOf(event) }));
}

function wordsOf({ status, facts }: TimelineEvent): Bilingual {
  const { zh, en } = statuses[status].title;
  const name = documentOf[status];
  const document = name === undefined ? undefined : facts?.[name];
  if (document === undefined || document === '') return { zh, en };
  return { zh: `${zh}(${document})`, en: `${en} (${document})` };
}
