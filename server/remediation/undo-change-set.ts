/** Taking back a change set (撤销) as one: a new change set, one event for each thing it did. All of it or nothing. */
import type { ChangeSet, SiteProblem } from '../../geodata/contract/change-sets.ts';
import type { SignedInAccount } from '../../geodata/contract/session.ts';
import type { StatusId } from '../../geodata/domain/workflow.ts';
import type { Context } from '../context.ts';
import type { Queryable } from '../db/database.ts';
import { namedSql } from '../db/named-sql.ts';
import { ConflictError, ForbiddenError } from '../errors.ts';
import { asSetRefusal } from './change-set-refused.ts';
import { mayUndo, noSuchSet, readChangeSet } from './list-change-sets.ts';
import type { Mark, UndoneMark } from './mark.ts';
import { MarksRefusedError } from './marks-refused.ts';
import { toReport } from './site-record.ts';
import type { Changes, FactSet } from './site-timeline.ts';
import { writeChangeSet } from './write-change-set.ts';

type SetRow = {
  kind: ChangeSet['kind'];
  title: string;
  document_number: string | null;
  actor_id: string | null;
  undone_by_id: string | null;
};

type EventRow = {
  site_code: string;
  name: string;
  version: number | null;
  seq: string;
  sets_state: boolean;
  status: StatusId;
  effective_on: string;
  period: string;
  progress_percent: number | null;
  treated_area_m2: number | null;
  changes: Changes | null;
  facts: FactSet | null;
  report_period: string | null;
  former: unknown;
  is_marked_since: boolean;
};

const options = { class: 'bulk' } as const;

/**
 * The change set of kind `undo`. Throws NotFoundError; ForbiddenError for who neither made it nor reviews for the city;
 * ConflictError where it was taken back already, is itself an undo, or sites were marked since, which are named.
 */
export async function undoChangeSet(
  { database }: Pick<Context, 'database'>,
  account: SignedInAccount,
  id: string,
  reason: string,
): Promise<ChangeSet> {
  try {
    const undoId = await database.transaction((client) => undo(client, account, id, reason), options);
    return await readChangeSet(database, account, undoId);
  } catch (error) {
    if (!(error instanceof MarksRefusedError)) throw error;
    const stale = error.refusals.filter(
      ({ refusal }) => refusal.kind === 'stale' || refusal.kind === 'missing',
    );
    if (stale.length > 0) throw markedSince(stale);
    throw await asSetRefusal(database, account, error, null);
  }
}

async function undo(
  client: Queryable,
  account: SignedInAccount,
  id: string,
  reason: string,
): Promise<string> {
  const [set] = await client.query<SetRow>(namedSql('remediation/lock-change-set'), [id], options);
  if (set === undefined) throw noSuchSet();
  if (!mayUndo(account, set.actor_id)) throw notYours();
  if (set.kind === 'undo') throw isUndo();
  if (set.undone_by_id !== null) throw undoneAlready();
  const rows = await client.query<EventRow>(namedSql('remediation/list-set-events'), [id], options);
  if (rows.length === 0) throw sampleCleared();
  const marked = rows.filter(({ is_marked_since, version }) => is_marked_since || version === null);
  if (marked.length > 0) throw markedSince(marked.map(({ site_code, name }) => ({ code: site_code, name })));
  const bySite = Map.groupBy(rows, ({ site_code }) => site_code);
  const marks = [...bySite].map(
    ([code, events]): Mark => ({
      kind: 'undo',
      code,
      // Locked later: whoever marks it until then makes this version stale.
      version: events[0]?.version ?? 0,
      reason,
      isMaker: set.actor_id === account.id,
      ...undoneOf(events),
    }),
  );
  return writeChangeSet(client, account, {
    kind: 'undo',
    title: `撤销:${set.title}`,
    documentNumber: set.document_number,
    undoesId: id,
    marks,
    detail: { undoes: id, reason },
  });
}

function undoneOf(rows: readonly EventRow[]): Pick<UndoneMark, 'period' | 'events' | 'former'> {
  const [first] = rows;
  const period = first?.report_period ?? null;
  const former = first?.former ?? null;
  return {
    period,
    former: period === null ? undefined : former === null ? null : toReport(former),
    events: rows.map((row) => ({
      seq: row.seq,
      setsState: row.sets_state,
      status: row.status,
      effectiveOn: row.effective_on,
      period: row.period,
      progressPercent: row.progress_percent,
      treatedAreaSquareMeters: row.treated_area_m2,
      changes: row.changes,
      facts: row.facts,
    })),
  };
}

function notYours(): ForbiddenError {
  return new ForbiddenError({
    zh: '这次成批变更由他人办理,只能由办理人或市级审核人撤销。',
    en: 'Somebody else made this change set; only its maker or a city reviewer can take it back.',
  });
}

function isUndo(): ConflictError {
  return new ConflictError({
    zh: '这一次本身就是撤销,不能再撤销;请重新办理。',
    en: 'This is itself an undo and cannot be taken back; make the changes again.',
  });
}

function undoneAlready(): ConflictError {
  return new ConflictError({
    zh: '这次成批变更已经撤销。',
    en: 'This change set was taken back already.',
  });
}

function sampleCleared(): ConflictError {
  return new ConflictError({
    zh: '这次成批变更涉及的示意矿山已清除,没有可撤销的内容。',
    en: 'The sample sites of this change set were cleared; there is nothing to take back.',
  });
}

function markedSince(found: readonly Pick<SiteProblem, 'code' | 'name'>[]): ConflictError {
  const byCode = new Map(found.map(({ code, name }) => [code, name]));
  const sites = [...byCode].map(([code, name]): SiteProblem => ({ code, name, title: since }));
  const listed = sites
    .slice(0, 5)
    .map(({ code, name }) => `${code} ${name}`)
    .join('\n');
  return new ConflictError(
    {
      zh: `其后有 ${sites.length} 座矿山又有变更,不能整批撤销;请逐座更正或恢复:\n${listed}`,
      en: `${sites.length} sites were changed since, so it cannot be taken back as one; correct or restore them one by one:\n${listed}`,
    },
    { members: { sites } },
  );
}

const since = {
  zh: '这座矿山其后又有变更。',
  en: 'The site was changed since.',
};
