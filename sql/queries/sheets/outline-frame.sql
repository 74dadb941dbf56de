-- Purpose: a rectangle of a CRS on the globe. Parameters: $1 integer SRID; $2–$5 float8 min and max east and north;
-- $6 integer parts a side. Result: one row: lng and lat (EPSG:4490) of points on the sides, closed, beginning in the
-- upper left corner and clockwise; `off` is how far they come back from there, in units of the CRS.
select array_agg(ST_X(p.geom) order by p.n) as lng, array_agg(ST_Y(p.geom) order by p.n) as lat,
  max(ST_Distance(ST_Transform(p.geom, $1::integer), p.own)) as off
from (
  select s.side * $6::integer + i.step as n, o.own, ST_Transform(o.own, 4490) as geom
  from (values (0, 0, 1, 1, 0), (1, 1, 1, 0, -1), (2, 1, 0, -1, 0), (3, 0, 0, 0, 1)) as s (side, x, y, dx, dy)
  cross join lateral generate_series(0, $6::integer - case when s.side = 3 then 0 else 1 end) as i (step)
  cross join lateral (
    select ST_SetSRID(ST_MakePoint(
      $2::float8 + ($4::float8 - $2::float8) * (s.x + s.dx * i.step / $6::float8),
      $3::float8 + ($5::float8 - $3::float8) * (s.y + s.dy * i.step / $6::float8)), $1::integer) as own) as o) as p;
