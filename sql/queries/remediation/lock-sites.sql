-- Purpose: locks sites that are to be marked, in the order of their codes, after their chains.
-- Parameters: $1 text[] codes. Result: code of those there are, and whether anything was recorded of it.
-- Index used: mine_site_code, mine_site_event_site.
select s.code,
  exists (select 1 from app.mine_site_event as e where e.site_code = s.code) as is_recorded
from geo.mine_site as s
where s.code = any ($1::text[])
order by s.code
for update of s
