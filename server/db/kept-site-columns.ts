/** What an upsert of mine sites leaves as it stands: a site with patches keeps their extent, one with events the state they say. */
import { stagedTable } from './layer-stage-sql.ts';

const hasPatches = 'exists (select 1 from geo.mine_patch as p where p.site_code = t.code)';
const hasEvents = 'exists (select 1 from app.mine_site_event as e where e.site_code = t.code)';

/** Columns with the condition on t, the standing site, under which they stay. */
export function keptSiteColumns(): ReadonlyMap<string, string> {
  return new Map([
    ...['geom', 'anchor', 'area_m2', 'patch_count'].map((name) => [name, hasPatches] as const),
    ...['status', 'status_on', 'progress_percent', 'treated_area_m2'].map(
      (name) => [name, hasEvents] as const,
    ),
  ]);
}

/** How many standing sites of staged codes keep something. Result: patched, marked. */
export function upsertKeepsSql(staged: string): string {
  return `select count(*) filter (where ${hasPatches})::integer as patched, count(*) filter (where ${hasEvents})::integer as marked
from geo.mine_site as t join ${stagedTable(staged)} as s on s.code = t.code`;
}
