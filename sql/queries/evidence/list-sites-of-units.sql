-- Purpose: the sites of some units, to be found in file names. Parameters: $1 text[] codes of units; null: of all units.
-- Result: one row per site that a unit reports: code, name, unit, version. Index used: none, all sites are looked at.
select s.code, s.name, coalesce(s.reporting_unit, u.code) as unit, s.version
from geo.mine_site as s
left join app.reporting_unit as u on u.kind = 'county' and u.county_adcode = s.county_adcode
where coalesce(s.reporting_unit, u.code) is not null
  and ($1::text[] is null or coalesce(s.reporting_unit, u.code) = any ($1::text[]))
