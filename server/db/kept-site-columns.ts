/**
 * What an import of mine sites and patches leaves as it stands: a site with patches keeps their extent, one with events the
 * state they say, a patch the treated area that was reported for it.
 */
import { stagedTable } from './layer-stage-sql.ts';

const hasPatches = 'exists (select 1 from geo.mine_patch as p where p.site_code = t.code)';
const hasEvents = 'exists (select 1 from app.mine_site_event as e where e.site_code = t.code)';

/** Columns with the condition on t, the standing site, under which they stay. */
export function keptSiteColumns(): ReadonlyMap<string, string> {
  return new Map([
    ...['geom', 'anchor', 'area_m2', 'patch_count'].map((name) => [name, hasPatches] as const),
    ...statedColumns.map((name) => [name, hasEvents] as const),
  ]);
}

/** Columns of geo.mine_site that follow from events (app.events_applied). */
const statedColumns = [
  'status',
  'status_on',
  'progress_percent',
  'treated_area_m2',
  'started_on',
  'completed_on',
  'accepted_on',
  'accepted_area_m2',
  'aftercare_until',
  'recognition_number',
  'approval_number',
  'acceptance_document',
  'closing_number',
  'handover_number',
];

/** The same of a standing patch. */
export function keptPatchColumns(): ReadonlyMap<string, string> {
  return new Map([['treated_area_m2', 't.treated_on is not null']]);
}

/** Patches of dataset $1 that replaced those in `former` keep what was reported for their codes. Result: none. */
export function carryTreatedSql(former: string): string {
  return `update geo.mine_patch as t set treated_area_m2 = f.treated_area_m2, treated_on = f.treated_on
from ${stagedTable(former)} as f
where f.code = t.code and f.treated_on is not null and t.dataset_id = $1::bigint and t.treated_on is null`;
}

/** How many standing sites of staged codes keep something. Result: patched, marked. */
export function upsertKeepsSql(staged: string): string {
  return `select count(*) filter (where ${hasPatches})::integer as patched, count(*) filter (where ${hasEvents})::integer as marked
from geo.mine_site as t join ${stagedTable(staged)} as s on s.code = t.code`;
}
