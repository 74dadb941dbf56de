-- Purpose: a grid of points over a rectangle of a CRS, on the globe. Parameters: $1 integer SRID; $2, $3 float8 east and north of the
-- upper left corner; $4, $5 float8 width and height, in units of the CRS; $6, $7 integer cells across and down.
-- Result: one row: lng and lat (EPSG:4490) of the corners of the cells, row by row from the upper left.
select array_agg(ST_X(p.geom) order by p.n) as lng, array_agg(ST_Y(p.geom) order by p.n) as lat
from (
  select r.n * ($6::integer + 1) + c.n as n,
    ST_Transform(ST_SetSRID(ST_MakePoint(
      $2::float8 + $4::float8 * c.n / $6::integer, $3::float8 - $5::float8 * r.n / $7::integer), $1::integer), 4490) as geom
  from generate_series(0, $7::integer) as r (n)
  cross join generate_series(0, $6::integer) as c (n)) as p;
