-- Purpose: reports that are in effect again because their return was taken back: by which event.
-- Parameters: $1 bigint change set of kind undo. Result: none. Index used: mine_site_event_change_set, mine_site_report_pkey.
update app.mine_site_report as r
set effect_seq = n.seq
from (
  select distinct on (e.site_code) e.site_code, e.seq, e.report_id
  from app.mine_site_event as e
  where e.change_set_id = $1::bigint and e.sets_state and e.report_id is not null
  order by e.site_code, e.effective_on, e.seq) as n
where r.id = n.report_id and r.site_code = n.site_code and r.state in ('county_passed', 'city_passed')
