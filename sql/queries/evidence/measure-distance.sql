-- Purpose: how far two points lie from the outline of a site.
-- Parameters: $1 text code of the site; $2, $3 and $4, $5 float8 longitude and latitude of the points in degrees (EPSG:4490).
-- Result: one row: distance_m and shifted_distance_m, geodesic metres, 0 inside; null for a site without a shape.
-- Index used: mine_site_code.
select
  ST_Distance(s.geom::geography, ST_SetSRID(ST_MakePoint($2::float8, $3::float8), 4490)::geography) as distance_m,
  ST_Distance(s.geom::geography, ST_SetSRID(ST_MakePoint($4::float8, $5::float8), 4490)::geography) as shifted_distance_m
from geo.mine_site as s
where s.code = $1
