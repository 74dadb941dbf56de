-- Purpose: the sites the figures of progress count, one row each, of one unit, county, status, plan year or mineral.
-- Parameters: $1 date the day; $2 date the earlier day; $3 bigint campaign, null: all sites; $4 text area basis;
-- $5 text unit, $6 text county, $7 text status, $8 text plan year, $9 text mineral: '' those without, null: all.
-- Result: code, name and the columns of count-standings for each, in the order of their names.
-- Index used: as app.site_standings says.
select f.code, f.name, f.unit, f.status, f.status_before, f.plan_year, f.last_answer, f.in_aftercare,
  f.returned, f.waits_county, f.waits_city, 1 as count, f.area_m2, f.treated_m2, f.treated_before_m2
from app.site_standings($1::date, $2::date, $3::bigint, $4::text) as f
where ($5::text is null or coalesce(f.unit, '') = $5::text)
  and ($6::text is null or coalesce(f.county_adcode, '') = $6::text)
  and ($7::text is null or f.status = $7::text)
  and ($8::text is null or coalesce(f.plan_year::text, '') = $8::text)
  and ($9::text is null or coalesce(f.mineral, '') = $9::text)
order by f.name_sort, f.code;
