-- Purpose: outlines of the counties for a small map. Parameters: $1 integer SRID of the sheet; $2 integer side of the square
-- they are drawn in. Result: one row a county by code: adcode, its shape as TWKB in the units of the square (y down, thinned
-- to three thousandths of its side); and, the same in each row, the place of the square in the CRS: min_x, max_y of its upper left corner and units of the
-- CRS for one of its own. No row without counties. Index used: none, all counties are read.
with c as materialized (
  select f.adcode, f.code, ST_Transform(ST_Simplify(f.geom, 0.001, true), $1::integer) as geom
  from geo.county as f
  where f.geom is not null),
e as materialized (
  select ST_XMin(x.box) as min_x, ST_YMin(x.box) as min_y, ST_XMax(x.box) as max_x, ST_YMax(x.box) as max_y
  from (select ST_Extent(c.geom) as box from c) as x),
s as materialized (
  select (e.min_x + e.max_x - greatest(e.max_x - e.min_x, e.max_y - e.min_y)) / 2 as min_x,
    (e.min_y + e.max_y + greatest(e.max_x - e.min_x, e.max_y - e.min_y)) / 2 as max_y,
    greatest(e.max_x - e.min_x, e.max_y - e.min_y) / $2::integer as unit
  from e)
select c.adcode, s.min_x, s.max_y, s.unit,
  ST_AsTWKB(ST_SnapToGrid(ST_TransScale(c.geom, -s.min_x, -s.max_y, 1 / s.unit, -1 / s.unit), $2::integer * 0.003), 0) as shape
from c
cross join s
order by c.code;
