-- Purpose: does every event chain hold?
-- Parameters: none.
-- Result: one row per chain: dataset, number of events, first number that does not hold or null.
-- Index: mine_site_event_pkey.
select
  c.dataset_id::text as dataset,
  c.last_seq::text as events,
  app.verify_event_chain(c.dataset_id)::text as broken_at
from app.event_chain as c
order by c.dataset_id;
