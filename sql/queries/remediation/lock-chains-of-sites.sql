-- Purpose: locks the chains the events of some sites go into, before the sites, as every writer of events does.
-- All events of a site are in one chain: that of its dataset when it was first marked.
-- Parameters: $1 text[] codes of sites. Result: dataset_id as text. Index used: mine_site_code, mine_site_event_site.
select c.dataset_id::text as dataset_id
from app.event_chain as c
where c.dataset_id in (
  select coalesce(
    (select e.dataset_id from app.mine_site_event as e where e.site_code = s.code order by e.seq desc limit 1),
    s.dataset_id)
  from geo.mine_site as s
  where s.code = any ($1::text[]))
order by c.dataset_id
for update
