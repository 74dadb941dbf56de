/**
 * The one door through which sites are marked, one or many at once: everything or nothing.
 *
 * How to use it, from a use case that marks many sites as one:
 *
 *     await database.transaction(async (client) => {
 *       const changeSetId = …;                      // insert into app.change_set first: events refer to it
 *       await markSites(client, account, marks, { changeSetId, setDocuments: [sha256 of the list's document] });
 *       await recordAudit(client, …);               // the audit last: its chain stays locked until COMMIT
 *     }, { class: 'bulk' });
 *
 * - `marks`: at most one per site; each names the version its asker saw. Rights, versions, workflow, values and evidence
 *   are all checked here, after the locks; a caller checks nothing but the shape of what it was sent.
 * - Nothing is written where one of them cannot be made: MarksRefusedError, a 422 that names every such site (`sites`,
 *   SiteProblem of contract/change-sets.ts) and holds the typed reasons (`refusals`) for callers that tell more.
 * - Locks: the chains of the sites, then the sites by code. A caller takes no lock on sites or chains before it, and
 *   locks of its own (a change set's row) only on rows nobody else waits for.
 * - A new kind of mark is an entry in `Mark` and in plan-mark.ts with a pure plan; `planOf` makes its events.
 *   loadTimelines gives what a site went through (with change set ids left to the caller's own query), `revise` and
 *   `undoOf` put back what one event changed without touching what others said since.
 */
import type { Queryable } from '../db/database.ts';
import { namedSql } from '../db/named-sql.ts';
import { loadEvidence } from './load-evidence.ts';
import type { Mark, Planned, Setting } from './mark.ts';
import { MarksRefusedError, type SiteRefusal } from './marks-refused.ts';
import { asksTimeline, periodOfMark, planMark } from './plan-mark.ts';
import { loadSites, type SiteRecord } from './site-record.ts';
import { loadTimelines } from './site-timeline.ts';
import { type SitePlan, writePlans } from './write-plans.ts';

export type MarkingOptions = {
  changeSetId?: string;
  /** Hashes of documents that are evidence for every site of a change set. */
  setDocuments?: readonly string[];
};

/** Runs inside a transaction (read committed). Throws MarksRefusedError; nothing is written then. */
export async function markSites(
  client: Queryable,
  account: Setting['account'],
  marks: readonly Mark[],
  options: MarkingOptions = {},
): Promise<void> {
  const codes = marks.map(({ code }) => code);
  if (new Set(codes).size !== codes.length) throw new Error('a site is marked twice at once');
  await lockSites(client, codes);
  const sites = await loadMarked(client, marks);
  const timelines = await loadTimelines(
    client,
    marks.filter(asksTimeline).map(({ code }) => code),
  );
  const evidence = await loadEvidence(client, sites, marks);
  const plans: SitePlan[] = [];
  const refusals: SiteRefusal[] = [];
  for (const mark of marks) {
    const site = sites.get(mark.code);
    const { brought, foreign } = evidence(mark);
    const planned = planOne(mark, site, (known) => ({
      site: known,
      account,
      evidence: brought,
      foreignEvidence: foreign,
      setDocuments: options.setDocuments ?? [],
      timeline: timelines.get(mark.code) ?? [],
    }));
    if ('plan' in planned && site !== undefined) plans.push({ site, plan: planned.plan });
    else if ('refusal' in planned)
      refusals.push({ code: mark.code, name: site?.name ?? mark.code, refusal: planned.refusal });
  }
  if (refusals.length > 0) throw new MarksRefusedError(refusals);
  await writePlans(client, account, plans, options.changeSetId ?? null);
}

function planOne(
  mark: Mark,
  site: SiteRecord | undefined,
  settingOf: (site: SiteRecord) => Setting,
): Planned {
  if (site === undefined) return { refusal: { kind: 'missing' } };
  const planned = planMark(settingOf(site), mark);
  if (site.version === mark.version || isForbidden(planned)) return planned;
  return { refusal: { kind: 'stale' } };
}

/** Whoever may not mark the site at all is told so, whichever version was seen. */
function isForbidden(planned: Planned): boolean {
  return (
    'refusal' in planned &&
    planned.refusal.kind === 'obstacle' &&
    ['not_signed_in', 'not_your_role', 'not_your_unit', 'no_unit'].includes(planned.refusal.obstacle)
  );
}

/** Whoever marks, imports or takes back locks the chains first, then sites by code: nobody waits in a circle. */
async function lockSites(client: Queryable, codes: readonly string[]): Promise<void> {
  const options = { class: 'read', isRepeated: true } as const;
  await client.query(namedSql('remediation/open-chains-of-sites'), [codes], options);
  await client.query(namedSql('remediation/lock-chains-of-sites'), [codes], options);
  const sites = await client.query<{ code: string; is_recorded: boolean }>(
    namedSql('remediation/lock-sites'),
    [codes],
    options,
  );
  const untold = sites.filter(({ is_recorded }) => !is_recorded).map(({ code }) => code);
  if (untold.length > 0)
    await client.query(namedSql('remediation/append-delivered-states'), [untold], options);
}

/** Read after the locks were given, by code; marks of one call may be about reports of several months. */
async function loadMarked(client: Queryable, marks: readonly Mark[]): Promise<Map<string, SiteRecord>> {
  const codesByPeriod = Map.groupBy(marks, periodOfMark);
  const sites = new Map<string, SiteRecord>();
  for (const [period, ofPeriod] of codesByPeriod) {
    const codes = ofPeriod.map(({ code }) => code);
    for (const site of await loadSites(client, codes, period)) sites.set(site.code, site);
  }
  return sites;
}
