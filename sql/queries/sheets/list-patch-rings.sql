-- Purpose: outer rings of the patches of a mine site, vertex by vertex. Parameters: $1 text site code; $2 integer SRID of a plane
-- with northing and easting in metres. Result: one row a ring in the order of patch code and ring: code, area_m2 (declared,
-- else measured), ring_no from 1, norths and easts of its vertices, the first repeated at the end. A patch without a shape
-- has one row with nulls. Index used: mine_patch_site.
select p.code, coalesce(p.declared_area_m2, p.area_m2) as area_m2, r.ring_no, r.norths, r.easts
from geo.mine_patch as p
left join lateral (
  select d.path[1] as ring_no, array_agg(ST_Y(v.geom) order by v.path) as norths, array_agg(ST_X(v.geom) order by v.path) as easts
  from ST_Dump(ST_Transform(p.geom, $2::integer)) as d
  cross join lateral ST_DumpPoints(ST_ExteriorRing(d.geom)) as v
  group by d.path[1]) as r on true
where p.site_code = $1::text
order by p.code, r.ring_no;
