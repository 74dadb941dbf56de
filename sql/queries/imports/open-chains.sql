-- A chain for every standing dataset of mine sites, so that locking the chains keeps everybody from marking.
-- No parameters. Index: event_chain_pkey. Result: none.
insert into app.event_chain (dataset_id)
select d.id
from app.dataset as d
where d.layer_id = 'mine_sites' and d.removed_at is null
  and not exists (select 1 from app.event_chain as c where c.dataset_id = d.id)
on conflict do nothing
