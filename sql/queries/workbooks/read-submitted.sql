-- Purpose: what reports submitted in this transaction say: flags of the report, and the fields before and after.
-- Parameters: $1 text[] sites, $2 text month. Result: site_code, flags, changes.
-- Index used: mine_site_report_once, mine_site_event_site.
select r.site_code, r.flags, e.changes
from app.mine_site_report as r
cross join lateral (
  select v.changes from app.mine_site_event as v where v.site_code = r.site_code order by v.seq desc limit 1) as e
where r.site_code = any ($1::text[]) and r.period = $2::text
