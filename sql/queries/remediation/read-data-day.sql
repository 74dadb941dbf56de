-- Purpose: the day the mine data is known to (资料截止日期): the newest of its datasets and of its events,
-- and whether any of it is sample data.
-- Parameters: $1 date, today: later days count as today. Result: one row; as_of null without any data.
-- Index used: dataset_layer; mine_site_event is read whole for its newest day.
select least($1::date, greatest(d.as_of, e.effective_on))::text as as_of, d.has_sample
from (
  select max(d.as_of) as as_of, coalesce(bool_or(d.kind = 'sample'), false) as has_sample
  from app.dataset as d
  where d.layer_id in ('mine_sites', 'mine_patches') and d.removed_at is null) as d
cross join (select max(e.effective_on) as effective_on from app.mine_site_event as e where e.sets_state) as e;
