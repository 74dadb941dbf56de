-- Purpose: mine sites that have a shape, a page each. Parameters: $1 text[] codes, null: all; $2 text adcode of a county, null:
-- all; $3 integer most rows. Result: code, name; by county and code. Index used: mine_site_code where codes are given.
select s.code, s.name
from geo.mine_site as s
where ($1::text[] is null or s.code = any($1::text[]))
  and ($2::text is null or s.county_adcode = $2::text)
  and s.geom is not null
order by s.county_adcode, s.code
limit $3::integer;
