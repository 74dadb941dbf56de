-- Reporting units; known ones are brought up to date, for they outlive the sample.
-- $1 codes, $2 names, $3 English names, $4 kinds, $5 county adcodes, $6 sort orders. Primary key.
insert into app.reporting_unit (code, name, name_en, kind, county_adcode, sort_order)
select u.code, u.name, u.name_en, u.kind, u.county_adcode, u.sort_order
from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::integer[])
  as u (code, name, name_en, kind, county_adcode, sort_order)
on conflict (code) do update
set name = excluded.name, name_en = excluded.name_en, kind = excluded.kind,
    county_adcode = excluded.county_adcode, sort_order = excluded.sort_order
