-- Purpose: what a change set did to each of its sites, and whether anything was recorded of the site since.
-- Parameters: $1 bigint change set. Result: one row per event, by site and seq: the event, the site's name and version (null
-- where there is no such site any more), the report as it was before (former; null where there was none) and whether the set
-- is about a report at all (of_report). Index used: mine_site_event_change_set, mine_site_event_site, change_set_report_pkey.
select e.site_code,
  coalesce(s.name, e.site_code) as name,
  s.version,
  e.seq::text as seq,
  e.sets_state,
  e.status,
  e.effective_on::text as effective_on,
  e.period,
  e.progress_percent,
  e.treated_area_m2,
  e.changes,
  e.facts,
  f.period as report_period,
  f.former,
  e.seq < (
    select v.seq from app.mine_site_event as v where v.site_code = e.site_code order by v.seq desc limit 1)
    and exists (
      select 1 from app.mine_site_event as v
      where v.site_code = e.site_code and v.seq > e.seq and v.change_set_id is distinct from e.change_set_id)
    as is_marked_since
from app.mine_site_event as e
left join geo.mine_site as s on s.code = e.site_code
left join app.change_set_report as f on f.change_set_id = e.change_set_id and f.site_code = e.site_code
where e.change_set_id = $1::bigint
order by e.site_code, e.seq
