-- Purpose: what a length on the ground is in a CRS at a point, and where north is there. Parameters: $1 integer SRID;
-- $2, $3 float8 east and north of the point in it. Result: one row: the point in degrees (EPSG:4490); units of the CRS per
-- metre from south to north and from west to east, over 600 m of geodesic; the step to the north in the CRS.
select ST_X(a.center) as lng, ST_Y(a.center) as lat,
  ST_Distance(a.south, a.north) / 600 as units_north, ST_Distance(a.west, a.east) / 600 as units_east,
  ST_X(a.north) - ST_X(a.south) as step_x, ST_Y(a.north) - ST_Y(a.south) as step_y
from (
  select c.center,
    ST_Transform(ST_Project(c.center::geography, 300, 0)::geometry, $1::integer) as north,
    ST_Transform(ST_Project(c.center::geography, 300, pi())::geometry, $1::integer) as south,
    ST_Transform(ST_Project(c.center::geography, 300, pi() / 2)::geometry, $1::integer) as east,
    ST_Transform(ST_Project(c.center::geography, 300, 3 * pi() / 2)::geometry, $1::integer) as west
  from (
    select ST_Transform(ST_SetSRID(ST_MakePoint($2::float8, $3::float8), $1::integer), 4490) as center offset 0) as c
  offset 0) as a;
