-- Purpose: the trace of a site, what was recorded last first.
-- Parameters: $1 text site, $2 bigint before this seq or null, $3 integer how many.
-- Result: one row per event; instants as ISO text in UTC, days as YYYY-MM-DD. Index used: mine_site_event_site.
select e.seq::text as seq,
  e.kind,
  e.status,
  e.status_before,
  e.sets_state,
  e.effective_on::text as effective_on,
  e.period,
  to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as recorded_at,
  e.recorded_by,
  e.progress_percent,
  e.treated_area_m2,
  e.changes,
  e.reason,
  e.note,
  e.evidence,
  e.change_set_id::text as change_set_id,
  e.hash
from app.mine_site_event as e
where e.site_code = $1::text and ($2::bigint is null or e.seq < $2::bigint)
order by e.seq desc
limit $3::integer
