-- Purpose: a point in a CRS. Parameters: $1 integer SRID; $2, $3 float8 longitude and latitude (EPSG:4490).
-- Result: one row, east and north in units of the CRS.
select ST_X(p.geom) as x, ST_Y(p.geom) as y
from (select ST_Transform(ST_SetSRID(ST_MakePoint($2::float8, $3::float8), 4490), $1::integer) as geom offset 0) as p;
