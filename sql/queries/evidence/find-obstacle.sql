-- Purpose: whether something that was decided rests on an attachment. Parameters: $1 bigint its id.
-- Result: no row where nothing does, else one: state, which is 'waiting' (a report that waits for review has it) or 'decided'
-- (a report that was passed, or a decision, has it). Index used: mine_site_event_site.
select case when bool_or(o.is_decided) then 'decided' else 'waiting' end as state
from app.attachment as a
join lateral (
  select r.state <> 'submitted' as is_decided
  from app.mine_site_report as r
  where r.id = a.report_id and r.state in ('submitted', 'county_passed', 'city_passed')
  union all
  select e.kind <> 'report_submitted'
  from app.mine_site_event as e
  left join app.mine_site_report as r on r.id = e.report_id
  where e.site_code = a.site_code and e.evidence ? a.sha256
    and (e.kind = 'decision'
      or e.kind in ('report_passed', 'report_confirmed') and r.state in ('county_passed', 'city_passed')
      or e.kind = 'report_submitted' and r.state = 'submitted')) as o on true
where a.id = $1::bigint
having count(*) > 0
