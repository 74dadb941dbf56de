-- Purpose: a chain for sites that have none yet. Run before lock-chains-of-sites.
-- Parameters: $1 text[] codes of sites. Result: none. Index used: mine_site_code, mine_site_event_site.
insert into app.event_chain (dataset_id)
select distinct s.dataset_id
from geo.mine_site as s
where s.code = any ($1::text[])
  and not exists (select 1 from app.mine_site_event as e where e.site_code = s.code)
  and not exists (select 1 from app.event_chain as c where c.dataset_id = s.dataset_id)
on conflict do nothing
