-- Purpose: locks sites that are to be marked, in the order of their codes, after their chains.
-- Parameters: $1 text[] codes. Result: code, version and chain (dataset id as text) of those there are.
-- Index used: mine_site_code, mine_site_event_site.
select s.code,
  coalesce(
    (select e.dataset_id from app.mine_site_event as e where e.site_code = s.code order by e.seq desc limit 1),
    s.dataset_id)::text as chain
from geo.mine_site as s
where s.code = any ($1::text[])
order by s.code
for update of s
