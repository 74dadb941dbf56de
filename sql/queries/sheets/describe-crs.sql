-- Purpose: what the database knows of a coordinate reference system. Parameters: $1 integer EPSG code.
-- Result: one row, or none: its definition as WKT. Index used: spatial_ref_sys_pkey.
select s.srtext
from spatial_ref_sys as s
where s.srid = $1::integer and upper(s.auth_name) = 'EPSG' and s.auth_srid = $1::integer;
