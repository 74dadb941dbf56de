-- Purpose: keeps a site as it is until the transaction ends, and tells whose it is. Parameters: $1 text code.
-- Result: no row or one: code, name, unit (null: none), version. Index used: mine_site_code.
select s.code, s.name, coalesce(s.reporting_unit, u.code) as unit, s.version
from geo.mine_site as s
left join app.reporting_unit as u on u.kind = 'county' and u.county_adcode = s.county_adcode
where s.code = $1
for update of s
