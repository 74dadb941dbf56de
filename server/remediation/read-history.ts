/** The trace of one site, what was recorded last first. */

import type { z } from 'zod';
import { eventSchema, type historySchema, type SiteEvent } from '../../geodata/contract/marking.ts';
import type { Database } from '../db/database.ts';
import { namedSql } from '../db/named-sql.ts';
import { noSuchSite } from './marks-refused.ts';
import { loadSites } from './site-record.ts';

export const mostEvents = 200;

type EventRow = {
  seq: string;
  kind: SiteEvent['kind'];
  status: string;
  status_before: string | null;
  sets_state: boolean;
  effective_on: string;
  period: string;
  recorded_at: string;
  recorded_by: string;
  progress_percent: number | null;
  treated_area_m2: number | null;
  changes: SiteEvent['changes'];
  reason: string | null;
  note: string | null;
  evidence: string[] | null;
  change_set_id: string | null;
  hash: string;
};

/** `before`: seq the page ends before; null: from the newest. Throws NotFoundError. */
export async function readHistory(
  database: Database,
  code: string,
  { before, limit }: { before: string | null; limit: number },
): Promise<z.infer<typeof historySchema>> {
  const options = { class: 'lookup' } as const;
  const rows = await database.query<EventRow>(
    namedSql('remediation/list-events'),
    [code, before, limit + 1],
    options,
  );
  if (rows.length === 0 && (await loadSites(database, [code], null)).length === 0) throw noSuchSite(code);
  const page = rows.slice(0, limit);
  return {
    code,
    events: page.map(toEvent),
    nextBefore: rows.length > limit ? (page.at(-1)?.seq ?? null) : null,
  };
}

function toEvent(row: EventRow): SiteEvent {
  return eventSchema.parse({
    seq: row.seq,
    kind: row.kind,
    status: row.status,
    statusBefore: row.status_before,
    setsState: row.sets_state,
    effectiveOn: row.effective_on,
    period: row.period,
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
    progressPercent: row.progress_percent,
    treatedAreaSquareMeters: row.treated_area_m2,
    changes: row.changes,
    reason: row.reason,
    note: row.note,
    evidence: row.evidence,
    changeSetId: row.change_set_id,
    hash: row.hash,
  });
}
