-- Where every site of a campaign stands on a day and stood on an earlier one, one row a site: the one place both the
-- figures of progress and the lists of the sites they count are read from.
-- State on a day: the event effective last by then, among equals the one recorded last; without any event the site's own
-- from its day on; before all that 'to_verify'. Reports are taken as known now, up to the month of the day; history taken
-- over (events of kind 'record') is the answer of its month. in_aftercare: 管护 lasts into the quarter that was due last.
-- asked_campaign null: all sites. basis: 'declared', 'measured' or 'accepted' area. Inlined into the query that asks.
-- What happened since the earlier day is found by day, as it is little; what stood on it site by site.
-- Index used: mine_site_event_day; mine_site_event_as_of and mine_site_report_once, once per site; mine_site_report_open.
-- Its columns may change, which create or replace refuses.
drop function if exists app.site_standings(date, date, bigint, text);
create function app.site_standings(
  asked_day date, earlier_day date, asked_campaign bigint, basis text
) returns table (
  code text, name text, name_sort text, unit text, county_adcode text, mineral text, plan_year integer,
  status text, status_before text, area_m2 double precision, treated_m2 double precision,
  treated_before_m2 double precision, last_answer text, in_aftercare boolean, returned boolean, waits_county boolean, waits_city boolean)
language sql stable as $$
  select s.code, s.name, s.name_sort,
    coalesce(s.reporting_unit, c.code),
    case when s.reporting_unit is null then s.county_adcode else u.county_adcode end,
    s.mineral, s.plan_year,
    case when n.status is not null then n.status when e.status is not null then e.status
      when o.since <= asked_day then s.status else 'to_verify' end,
    case when e.status is not null then e.status when o.since <= earlier_day then s.status else 'to_verify' end,
    coalesce(case basis
      when 'measured' then s.area_m2
      when 'accepted' then s.accepted_area_m2
      else s.declared_area_m2 end, 0),
    coalesce(case when n.status is not null then n.treated_area_m2 when e.status is not null then e.treated_area_m2
      when o.since <= asked_day then s.treated_area_m2 end, 0),
    coalesce(case when e.status is not null then e.treated_area_m2
      when o.since <= earlier_day then s.treated_area_m2 end, 0),
    greatest(
      (select p.period
        from app.mine_site_report as p
        where p.site_code = s.code and p.period <= (select to_char(asked_day, 'YYYY-MM')) and p.state <> 'withdrawn'
        order by p.period desc
        limit 1),
      case when coalesce(n.kind, e.kind) = 'record' then coalesce(n.period, e.period) else (
        select v.period
        from app.mine_site_event as v
        where v.site_code = s.code and v.sets_state and v.effective_on <= asked_day and v.kind = 'record'
        order by v.effective_on desc, v.seq desc
        limit 1) end),
    s.aftercare_until is null
      or s.aftercare_until >= date_trunc('quarter', date_trunc('month', asked_day + 1)) - interval '1 month',
    s.code in (select p.site_code from app.mine_site_report as p
      where p.state = 'returned' and p.period <= (select to_char(asked_day, 'YYYY-MM'))),
    s.code in (select p.site_code from app.mine_site_report as p
      where p.state = 'submitted' and p.period <= (select to_char(asked_day, 'YYYY-MM'))),
    s.code in (select p.site_code from app.mine_site_report as p
      where p.state = 'county_passed' and p.period <= (select to_char(asked_day, 'YYYY-MM')))
  from geo.mine_site as s
  left join app.reporting_unit as u on u.code = s.reporting_unit
  left join app.reporting_unit as c on c.kind = 'county' and c.county_adcode = s.county_adcode
  left join (
    select distinct on (v.site_code) v.site_code, v.status, v.treated_area_m2, v.kind, v.period
    from app.mine_site_event as v
    where v.sets_state and v.effective_on > earlier_day and v.effective_on <= asked_day
    order by v.site_code, v.effective_on desc, v.seq desc) as n on n.site_code = s.code
  left join lateral (
    select v.status, v.treated_area_m2, v.kind, v.period
    from app.mine_site_event as v
    where v.site_code = s.code and v.sets_state and v.effective_on <= earlier_day
    order by v.effective_on desc, v.seq desc
    limit 1) as e on true
  left join lateral (
    select coalesce(s.status_on, '-infinity'::date) as since
    where n.status is null and e.status is null
      and not exists (select 1 from app.mine_site_event as v where v.site_code = s.code and v.sets_state)) as o on true
  where asked_campaign is null
    or exists (select 1 from app.campaign_site as m where m.campaign_id = asked_campaign and m.site_code = s.code)
$$;
