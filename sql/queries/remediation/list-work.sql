-- Purpose: what is asked of the sites of some units in a month: the reports that were given and where they stand.
-- Events of kind 'record' (history taken over) count as the answer of their month.
-- Parameters: $1 text[] units, null: all; $2 text month YYYY-MM, null: that of the work day.
-- Result: one row per site that a unit reports, by name; one row without a site where there are none. `reports`: those that
-- wait or were returned up to the month, and that of the month, oldest first, as JSON. Months before the asked one in
-- last_answer; first_period: the first month a report was made for.
-- Index used: mine_site_report_once, mine_site_event_site, once per site.
with asked as materialized (
  select w.day,
    coalesce($2::text, to_char(w.day, 'YYYY-MM')) as period,
    (select min(r.period) from app.mine_site_report as r) as first_period
  from (select app.work_day() as day) as w)
select a.day::text as work_day,
  a.period,
  a.first_period,
  s.code,
  s.name,
  s.version,
  s.data_kind,
  s.unit,
  s.unit_name,
  s.unit_name_en,
  s.status,
  s.aftercare_until,
  s.declared_area_m2,
  s.progress_percent,
  s.reports,
  s.last_answer,
  s.last_passed,
  s.has_record
from asked as a
left join lateral (
  select m.code, m.name, m.name_sort, m.version, m.data_kind, u.code as unit, u.name as unit_name,
    u.name_en as unit_name_en, m.status, m.aftercare_until::text as aftercare_until, m.declared_area_m2,
    m.progress_percent, coalesce(r.reports, '[]'::jsonb) as reports, greatest(r.last_answer, e.last_record) as last_answer,
    r.last_passed, e.has_record
  from geo.mine_site as m
  join lateral (
    select v.code, v.name, v.name_en
    from app.reporting_unit as v
    where v.code = m.reporting_unit
      or (m.reporting_unit is null and v.kind = 'county' and v.county_adcode = m.county_adcode)
    order by v.sort_order, v.code
    limit 1) as u on true
  cross join lateral (
    select jsonb_agg(jsonb_build_object('period', p.period, 'state', p.state, 'flags', p.flags,
        'returnReason', p.return_reason, 'to', p.answer ->> 'status') order by p.period)
        filter (where p.period = a.period
          or (p.period < a.period and p.state in ('submitted', 'county_passed', 'returned'))) as reports,
      max(p.period) filter (where p.period < a.period and p.state <> 'withdrawn') as last_answer,
      max(p.period) filter (where p.state in ('county_passed', 'city_passed')) as last_passed
    from app.mine_site_report as p
    where p.site_code = m.code) as r
  cross join lateral (
    select max(v.period) filter (where v.period < a.period) as last_record,
      coalesce(bool_or(v.period = a.period), false) as has_record
    from app.mine_site_event as v
    where v.site_code = m.code and v.kind = 'record') as e
  where $1::text[] is null or u.code = any ($1::text[])) as s on true
order by s.name_sort, s.code
