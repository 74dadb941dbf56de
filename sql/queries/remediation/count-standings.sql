-- Purpose: sites counted by everything the figures of progress ask of them (see sql/functions/site-standings.sql).
-- Parameters: $1 date the day; $2 date the earlier day; $3 bigint campaign, null: all sites;
-- $4 text area basis: 'declared', 'measured' or 'accepted'; $5 text what to group by besides the unit:
-- 'county', 'status', 'plan_year', 'mineral', or null.
-- Result: one row per combination, in no order: unit and key (null: none known), status, status_before, plan_year, last_answer
-- (YYYY-MM or null), in_aftercare, returned, waits_county, waits_city, count, area_m2, treated_m2, treated_before_m2.
-- Index used: as the function says.
select f.unit,
  case $5::text
    when 'county' then f.county_adcode
    when 'status' then f.status
    when 'plan_year' then f.plan_year::text
    when 'mineral' then f.mineral end as key,
  f.status,
  f.status_before,
  f.plan_year,
  f.last_answer,
  f.in_aftercare,
  f.returned,
  f.waits_county,
  f.waits_city,
  count(*)::integer as count,
  sum(f.area_m2)::double precision as area_m2,
  sum(f.treated_m2)::double precision as treated_m2,
  sum(f.treated_before_m2)::double precision as treated_before_m2
from app.site_standings($1::date, $2::date, $3::bigint, $4::text) as f
group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10;
