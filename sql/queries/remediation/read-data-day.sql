-- Purpose: the day the mine data is known to (资料截止日期): the newest of its datasets and of its events; the first day
-- anything is known of; whether any of it is sample data; and the first month a report was made for.
-- Parameters: $1 date, today: later days count as today. Result: one row; as_of null without any data, first_day without
-- any event, first_period (YYYY-MM) without any report.
-- Index used: dataset_layer, mine_site_event_day, mine_site_report_state.
select least($1::date, greatest(d.as_of, e.last_day))::text as as_of, e.first_day::text as first_day, d.has_sample,
  (select min(r.period) from app.mine_site_report as r) as first_period
from (
  select max(d.as_of) as as_of, coalesce(bool_or(d.kind = 'sample'), false) as has_sample
  from app.dataset as d
  where d.layer_id in ('mine_sites', 'mine_patches') and d.removed_at is null) as d
cross join (
  select (select min(e.effective_on) from app.mine_site_event as e where e.sets_state) as first_day,
    (select max(e.effective_on) from app.mine_site_event as e where e.sets_state) as last_day) as e;
