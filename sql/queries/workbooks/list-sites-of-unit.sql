-- Purpose: the sites a unit reports. Parameters: $1 text unit. Result: code, by name. Index used: mine_site_county.
select s.code
from geo.mine_site as s
where s.reporting_unit = $1::text
  or (s.reporting_unit is null and s.county_adcode = (
    select u.county_adcode from app.reporting_unit as u where u.code = $1::text and u.kind = 'county'))
order by s.name_sort, s.code
