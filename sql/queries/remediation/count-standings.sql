-- Purpose: sites by reporting unit, status on a day, status on an earlier day, and whether their plan year is over.
-- State on a day: the event effective last by then, among equals the one recorded last; without any event the
-- site's own status from its day on; before all that 'to_verify'.
-- Parameters: $1 date the day; $2 date the earlier day; $3 bigint campaign, null: all sites;
-- $4 text area basis: 'declared', 'measured' or 'accepted'.
-- Result: one row per combination: unit (null: none known), status, status_before, plan_year_over, count, area_m2.
-- Index used: mine_site_event_as_of, once per site and day.
select coalesce(s.reporting_unit, u.code) as unit,
  coalesce(now.status, own.status, 'to_verify') as status,
  coalesce(earlier.status, case when own.status_on <= $2::date then own.status end, 'to_verify') as status_before,
  coalesce(s.plan_year < extract(year from $1::date), false) as plan_year_over,
  count(*)::integer as count,
  coalesce(sum(case $4::text
    when 'measured' then s.area_m2
    when 'accepted' then s.accepted_area_m2
    else s.declared_area_m2 end), 0)::double precision as area_m2
from geo.mine_site as s
left join app.reporting_unit as u on u.kind = 'county' and u.county_adcode = s.county_adcode
left join lateral (
  select e.status
  from app.mine_site_event as e
  where e.site_code = s.code and e.sets_state and e.effective_on <= $1::date
  order by e.effective_on desc, e.seq desc
  limit 1) as now on true
left join lateral (
  select e.status
  from app.mine_site_event as e
  where e.site_code = s.code and e.sets_state and e.effective_on <= $2::date
  order by e.effective_on desc, e.seq desc
  limit 1) as earlier on true
left join lateral (
  select s.status, s.status_on
  where not exists (select 1 from app.mine_site_event as e where e.site_code = s.code and e.sets_state)
    and coalesce(s.status_on, $1::date) <= $1::date) as own on true
where $3::bigint is null
  or exists (select 1 from app.campaign_site as c where c.campaign_id = $3::bigint and c.site_code = s.code)
group by 1, 2, 3, 4
order by 1, 2, 3, 4;
