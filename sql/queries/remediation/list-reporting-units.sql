-- Purpose: the units that report, in their order. Parameters: none. Index used: none, the table is small.
select u.code, u.name, u.name_en, u.county_adcode
from app.reporting_unit as u
order by u.sort_order, u.code;
