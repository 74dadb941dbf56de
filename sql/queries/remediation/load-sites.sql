-- Purpose: sites as marking needs them: state, patches, the report of a month, the one passed before it, and what decides
-- about the next step.
-- Parameters: $1 text[] codes; $2 text month YYYY-MM, null: that of the work day.
-- Result: one row per site there is, by code. Dates as YYYY-MM-DD, reports and patches as JSON.
-- Index used: mine_site_code, mine_patch_site, mine_site_report_once, mine_site_event_as_of, mine_site_event_site.
with asked as materialized (
  select w.day, coalesce($2::text, to_char(w.day, 'YYYY-MM')) as period
  from (select app.work_day() as day) as w)
select s.code,
  s.name,
  s.version,
  s.data_kind,
  s.dataset_id::text as dataset_id,
  u.code as unit,
  u.name as unit_name,
  u.name_en as unit_name_en,
  s.liability,
  s.declared_area_m2,
  s.area_m2,
  s.status,
  s.status_on::text as status_on,
  s.progress_percent,
  s.treated_area_m2,
  s.accepted_area_m2,
  s.started_on::text as started_on,
  s.completed_on::text as completed_on,
  s.accepted_on::text as accepted_on,
  s.aftercare_until::text as aftercare_until,
  s.recognition_number,
  s.approval_number,
  s.acceptance_document,
  s.closing_number,
  s.handover_number,
  a.day::text as work_day,
  a.period,
  nullif(coalesce(standing.effective_on, s.status_on), date '1900-01-01')::text as standing_since,
  coalesce((
    select e.dataset_id from app.mine_site_event as e where e.site_code = s.code order by e.seq desc limit 1),
    s.dataset_id)::text as chain,
  coalesce((
    select jsonb_agg(jsonb_build_object('code', p.code, 'kind', p.patch_kind,
      'declaredAreaSquareMeters', p.declared_area_m2, 'measuredAreaSquareMeters', p.area_m2,
      'treatedAreaSquareMeters', p.treated_area_m2) order by p.code)
    from geo.mine_patch as p where p.site_code = s.code), '[]'::jsonb) as patches,
  to_jsonb(report) as report,
  to_jsonb(previous) as previous,
  exists (
    select 1 from app.mine_site_report as o
    where o.site_code = s.code and o.period < a.period and o.state = 'submitted') as has_earlier_pending,
  exists (
    select 1 from app.mine_site_report as o
    where o.site_code = s.code and o.period > a.period and o.state in ('county_passed', 'city_passed')) as has_later_passed,
  exists (
    select 1 from app.mine_site_report as o
    where o.site_code = s.code and o.state = 'submitted' and o.answer ->> 'status' <> s.status) as has_pending_step,
  -- Not where the steps since were taken back and the site stands where the report has put it again.
  coalesce(effect.changes ? 'status' and (
    select e.kind not in ('undo', 'restoration') or e.status <> effect.changes -> 'status' ->> 1
    from app.mine_site_event as e
    where e.site_code = s.code and e.seq > effect.seq and e.sets_state and e.changes ? 'status'
    order by e.seq desc
    limit 1), false) as is_stood_upon,
  notice.until as notice_until
from geo.mine_site as s
cross join asked as a
left join lateral (
  select v.code, v.name, v.name_en
  from app.reporting_unit as v
  where v.code = s.reporting_unit
    or (s.reporting_unit is null and v.kind = 'county' and v.county_adcode = s.county_adcode)
  order by v.sort_order, v.code
  limit 1) as u on true
left join lateral (
  select e.effective_on
  from app.mine_site_event as e
  where e.site_code = s.code and e.sets_state
  order by e.effective_on desc, e.seq desc
  limit 1) as standing on true
left join lateral (
  select r.*
  from app.mine_site_report as r
  where r.site_code = s.code and r.period = a.period) as report on true
left join lateral (
  select r.*
  from app.mine_site_report as r
  where r.site_code = s.code and r.period < a.period and r.state in ('county_passed', 'city_passed')
  order by r.period desc
  limit 1) as previous on true
left join lateral (
  select e.seq, e.changes
  from app.mine_site_event as e
  where e.site_code = s.code and e.seq = report.effect_seq) as effect on true
left join lateral (
  select e.changes -> 'notice' -> 1 ->> 'to' as until
  from app.mine_site_event as e
  where s.status = 'public_notice' and e.site_code = s.code and e.sets_state and e.status = 'public_notice'
    and e.changes ? 'notice'
  order by e.effective_on desc, e.seq desc
  limit 1) as notice on true
where s.code = any ($1::text[])
order by s.code
