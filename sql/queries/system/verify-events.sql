-- Purpose: where every chain of events breaks. Parameters: none.
-- Result: one row per chain: dataset as text, count, broken_at (first seq that does not hold, or null).
-- Index used: mine_site_event_pkey. A dataset with events but without a chain row is told as well.
select d.id::text as dataset,
  (select count(*) from app.mine_site_event as e where e.dataset_id = d.id)::text as count,
  app.verify_event_chain(d.id)::text as broken_at
from app.dataset as d
where exists (select 1 from app.event_chain as c where c.dataset_id = d.id)
  or exists (select 1 from app.mine_site_event as e where e.dataset_id = d.id)
order by d.id
