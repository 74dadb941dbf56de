-- Purpose: where the subject of a sheet lies. Parameters: $1 text kind: region, county or site; $2 text adcode of the county
-- or code of the site, else ''. Result: one row: name and county of the subject and its extent in degrees (EPSG:4490);
-- `found` false: no such site or county, extent null: nothing of it has a shape. Index used: county_adcode_unique, mine_site_code.
select coalesce(bool_or(f.found), false) as found, max(f.name) as name, max(f.name_en) as name_en, max(f.adcode) as adcode,
  ST_XMin(ST_Extent(f.geom)) as min_lng, ST_YMin(ST_Extent(f.geom)) as min_lat,
  ST_XMax(ST_Extent(f.geom)) as max_lng, ST_YMax(ST_Extent(f.geom)) as max_lat
from (
  select true as found, null::text as name, null::text as name_en, null::text as adcode, c.geom
  from geo.county as c
  where $1::text = 'region'
  union all
  select true, c.name, c.name_en, c.adcode, c.geom
  from geo.county as c
  where $1::text = 'county' and c.adcode = $2::text
  union all
  select true, s.name, null, s.county_adcode, s.geom
  from geo.mine_site as s
  where $1::text = 'site' and s.code = $2::text) as f;
