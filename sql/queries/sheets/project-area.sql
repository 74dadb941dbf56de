-- Purpose: extent of the subject of a sheet in the sheet's CRS. Parameters: $1 text kind: region, county, site or extent;
-- $2 text adcode or site code, else ''; $3 integer SRID; $4–$7 float8 min and max longitude and latitude (extent only).
-- Result: one row, east and north in units of the CRS; null where nothing has a shape. Outlines are thinned to a
-- four-thousandth of their size, which no paper shows. Index used: as find-area.
select ST_XMin(e.box) as min_x, ST_YMin(e.box) as min_y, ST_XMax(e.box) as max_x, ST_YMax(e.box) as max_y
from (
  select ST_Extent(ST_Transform(f.geom, $3::integer)) as box
  from (
    select ST_Simplify(c.geom, greatest(ST_XMax(c.geom) - ST_XMin(c.geom), ST_YMax(c.geom) - ST_YMin(c.geom)) / 4000, true) as geom
    from geo.county as c
    where $1::text = 'region' or ($1::text = 'county' and c.adcode = $2::text)
    union all
    select s.geom
    from geo.mine_site as s
    where $1::text = 'site' and s.code = $2::text
    union all
    select ST_Segmentize(ST_MakeEnvelope($4::float8, $5::float8, $6::float8, $7::float8, 4490),
      greatest($6::float8 - $4::float8, $7::float8 - $5::float8, 1e-6) / 32)
    where $1::text = 'extent') as f
  where f.geom is not null) as e;
