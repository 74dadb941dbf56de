-- items: second page of a bbox in zone 38 with a filter and a period
-- [38600000,2821000,38602000,2823500,156.25,["a","b"],"1000","7",1200,500]
select coalesce((select r.revision from app.layer_revision as r where r.layer_id = 'water_source_protection_areas'), 0)::text as revision,
  case when coalesce((select r.revision from app.layer_revision as r where r.layer_id = 'water_source_protection_areas'), 0)::text = $8::text then $9::integer else (
    select count(*)::integer
    from "geo"."water_source_protection_area" as f
    where f."geom" && ST_Envelope(ST_Transform(ST_Segmentize(ST_MakeEnvelope($1::float8, $2::float8, $3::float8, $4::float8, 4526), $5::float8), 4490)) and ST_Intersects(ST_Transform(f."geom", 4526), ST_MakeEnvelope($1::float8, $2::float8, $3::float8, $4::float8, 4526))
    and f."code" = any($6::text[])) end as matched,
  a.returned,
  case when a.more then a.last_key::text end as next_key,
  a.heads,
  a.shapes
from (
  select count(*)::integer as returned,
    max(p."id") as last_key,
    (count(*) = $10::integer or sum(p.bytes) >= 33554432) and exists (
      select 1
      from "geo"."water_source_protection_area" as f
      where f."geom" && ST_Envelope(ST_Transform(ST_Segmentize(ST_MakeEnvelope($1::float8, $2::float8, $3::float8, $4::float8, 4526), $5::float8), 4490)) and ST_Intersects(ST_Transform(f."geom", 4526), ST_MakeEnvelope($1::float8, $2::float8, $3::float8, $4::float8, 4526))
    and f."code" = any($6::text[])
        and f."id" > max(p."id")) as more,
    string_agg('{"type":"Feature","id":' || to_json(p."code")::text
      || ',"properties":{' || '"code":' || coalesce(to_json(p."code")::text, 'null')
      || ',"name":' || coalesce(to_json(p."name")::text, 'null')
      || ',"county_adcode":' || coalesce(to_json(p."county_adcode")::text, 'null')
      || ',"area_m2":' || case when p."area_m2" is null or p."area_m2" in ('NaN', 'Infinity', '-Infinity') then 'null' when p."area_m2" = trunc(p."area_m2") and abs(p."area_m2") < 1e15 then p."area_m2"::bigint::text || '.0' else p."area_m2"::text end
      || ',"data_kind":' || coalesce(to_json(p."data_kind")::text, 'null')
      || ',"version":' || coalesce(p."version"::text, 'null')
      || '},"geometry":', E'\n') as heads,
    string_agg(case when p."geom" is null or ST_IsEmpty(p."geom") then 'null' else ST_AsGeoJSON(p."geom", 6, 0) end
      || ',"anchor":' || case when p."anchor" is null or ST_IsEmpty(p."anchor") then 'null' else (ST_AsGeoJSON(p."anchor", 6, 0)::json -> 'coordinates')::text end, E'\n') as shapes
  from (
    select f."id", f."code", f."name", f."county_adcode", f."area_m2", f."data_kind", f."version", f."geom", f."anchor", pg_column_size(f."geom") as bytes,
      coalesce(sum(pg_column_size(f."geom")) over (
        order by f."id" rows between unbounded preceding and 1 preceding), 0) as bytes_before
    from "geo"."water_source_protection_area" as f
    where f."geom" && ST_Envelope(ST_Transform(ST_Segmentize(ST_MakeEnvelope($1::float8, $2::float8, $3::float8, $4::float8, 4526), $5::float8), 4490)) and ST_Intersects(ST_Transform(f."geom", 4526), ST_MakeEnvelope($1::float8, $2::float8, $3::float8, $4::float8, 4526))
    and f."code" = any($6::text[])
      and f."id" > $7::bigint
    order by f."id"
    limit $10::integer) as p
  where p.bytes_before < 33554432) as a;

-- feature by its code
-- ["plain"]
select coalesce((select r.revision from app.layer_revision as r where r.layer_id = 'water_source_protection_areas'), 0)::text as revision,
  '{"type":"Feature","id":' || to_json(f."code")::text
      || ',"properties":{' || '"code":' || coalesce(to_json(f."code")::text, 'null')
      || ',"name":' || coalesce(to_json(f."name")::text, 'null')
      || ',"county_adcode":' || coalesce(to_json(f."county_adcode")::text, 'null')
      || ',"area_m2":' || case when f."area_m2" is null or f."area_m2" in ('NaN', 'Infinity', '-Infinity') then 'null' when f."area_m2" = trunc(f."area_m2") and abs(f."area_m2") < 1e15 then f."area_m2"::bigint::text || '.0' else f."area_m2"::text end
      || ',"data_kind":' || coalesce(to_json(f."data_kind")::text, 'null')
      || ',"version":' || coalesce(f."version"::text, 'null')
      || '},"geometry":' as heads,
  case when f."geom" is null or ST_IsEmpty(f."geom") then 'null' else ST_AsGeoJSON(f."geom", 6, 0) end
      || ',"anchor":' || case when f."anchor" is null or ST_IsEmpty(f."anchor") then 'null' else (ST_AsGeoJSON(f."anchor", 6, 0)::json -> 'coordinates')::text end as shapes
from "geo"."water_source_protection_area" as f
where f."code" = $1::text;

-- tile 7/54/104
-- [[112.4560546875],[24.48714856317343],[115.3564453125],[27.098253906137884],[-12523442.714243278],[-3130860.6785608195],0.01308266454667937,-0.01308266454667937,0.0054931640625]
select q.place::integer as place, t.*
from unnest((select $1::float8[]), (select $2::float8[]), (select $3::float8[]), (select $4::float8[]), (select $5::float8[]), (select $6::float8[])) with ordinality as q(west, south, east, north, dx, dy, place)
cross join lateral (
  with c as materialized (
    select count(*) as touching, count(*) filter (where (ST_XMax(box2d(f."geom")) - ST_XMin(box2d(f."geom")) >= $9::float8 or ST_YMax(box2d(f."geom")) - ST_YMin(box2d(f."geom")) >= $9::float8)) as large
    from "geo"."water_source_protection_area" as f
    where f."geom" && ST_MakeEnvelope(q.west, q.south, q.east, q.north, 4490))
  select coalesce((select r.revision from app.layer_revision as r where r.layer_id = 'water_source_protection_areas'), 0)::text as revision,
    (select c.touching - least(20000, c.large) from c)::integer as left_out,
    '[' || coalesce(string_agg(s.feature, ','), '') || ']' as features,
    encode(string_agg(s.shapes, ''::bytea), 'base64') as shapes,
    encode(string_agg(s.anchors, ''::bytea), 'base64') as anchors,
    null as axes
  from (
    select f."id", json_build_array(f."id", f."code", f."name", f."county_adcode")::text as feature,
      coalesce(ST_AsTWKB(ST_SnapToGrid(case when f."area_m2" is null then ST_TransScale(ST_Transform(f."geom", 3857), q.dx, q.dy, $7::float8, $8::float8) else ST_ClipByBox2D(ST_TransScale(ST_Transform(f."geom", 3857), q.dx, q.dy, $7::float8, $8::float8), ST_MakeBox2D(ST_Point(-64, -64), ST_Point(4160, 4160))) end, 1), 0), '\x0110'::bytea) as shapes,
      coalesce(ST_AsTWKB(ST_SnapToGrid(ST_TransScale(ST_Transform(f."anchor", 3857), q.dx, q.dy, $7::float8, $8::float8), 1), 0), '\x0110'::bytea) as anchors
    from "geo"."water_source_protection_area" as f
    where f."geom" && ST_MakeEnvelope(q.west, q.south, q.east, q.north, 4490)
      and (ST_XMax(box2d(f."geom")) - ST_XMin(box2d(f."geom")) >= $9::float8 or ST_YMax(box2d(f."geom")) - ST_YMin(box2d(f."geom")) >= $9::float8)
      and ((select c.large from c) <= 20000 or f."id" in (
        select f."id"
        from "geo"."water_source_protection_area" as f
    where f."geom" && ST_MakeEnvelope(q.west, q.south, q.east, q.north, 4490)
      and (ST_XMax(box2d(f."geom")) - ST_XMin(box2d(f."geom")) >= $9::float8 or ST_YMax(box2d(f."geom")) - ST_YMin(box2d(f."geom")) >= $9::float8)
        order by greatest(ST_XMax(box2d(f."geom")) - ST_XMin(box2d(f."geom")), ST_YMax(box2d(f."geom")) - ST_YMin(box2d(f."geom"))) desc, f."id"
        limit 20000))
    order by f."id") as s) as t;

-- sheet of a county in zone 38 at 1:350 000, second batch
-- [0.2857142857142857,-600000,-2900000,115,25.4,116,26.3,"360732","1000",0.0003,27700,23500]
with c as materialized (
  select f."id" as id, pg_column_size(f."geom") as bytes
  from "geo"."water_source_protection_area" as f
  where f."geom" && ST_MakeEnvelope($4::float8, $5::float8, $6::float8, $7::float8, 4490)
    and f."county_adcode" = $8::text
    and f."id" > $9::bigint
  order by f."id"
  limit 2000),
k as materialized (
  select b.id
  from (select c.id, sum(c.bytes) over (order by c.id) - c.bytes as bytes_before from c) as b
  where b.bytes_before < 1000000)
select coalesce((select r.revision from app.layer_revision as r where r.layer_id = 'water_source_protection_areas'), 0)::text as revision,
  (select case when count(*) = 2000 or count(*) > (select count(*) from k) then (select max(k.id)::text from k) end
    from c) as next_key,
  t.*
from (
  select '[' || coalesce(string_agg(d.feature, ','), '') || ']' as features,
    string_agg(d.shapes, ''::bytea) as shapes,
    string_agg(d.anchors, ''::bytea) as anchors,
    null::bytea as axes
  from (
    select json_build_array(s."code"::text, s."name"::text, null::text, null::text, case when s."area_m2" not in ('NaN', 'Infinity', '-Infinity') then s."area_m2" end)::text as feature,
      coalesce(ST_AsTWKB(s.shape, 0), '\x0110'::bytea) as shapes,
      coalesce(ST_AsTWKB(ST_TransScale(ST_Transform(s."anchor", 4547), $2::float8, $3::float8, $1::float8, -$1::float8), 0), '\x0110'::bytea) as anchors
    from (
      select f."id", f."geom", f."anchor", f."area_m2", f."code", f."name", ST_TransScale(ST_Transform(ST_Simplify(case when f."area_m2" is null then f."geom" else ST_ClipByBox2D(f."geom", box2d(ST_MakeEnvelope($4::float8, $5::float8, $6::float8, $7::float8, 4490))) end, $10::float8, true), 4547), $2::float8, $3::float8, $1::float8, -$1::float8) as shape
      from "geo"."water_source_protection_area" as f
      where f."id" in (select k.id from k)
        and true
      offset 0) as s
    where s.shape && ST_MakeEnvelope(0, 0, $11::float8, $12::float8, 4547) and case when s.shape @ ST_MakeEnvelope(0, 0, $11::float8, $12::float8, 4547) then true else ST_Intersects(s.shape, ST_MakeEnvelope(0, 0, $11::float8, $12::float8, 4547)) end
    order by s."id") as d) as t;

-- summary
-- []
select 'water_source_protection_areas' as layer_id,
  coalesce((select r.revision from app.layer_revision as r where r.layer_id = 'water_source_protection_areas'), 0)::text as revision,
  s.feature_count,
  ST_XMin(s.box) as min_lng, ST_YMin(s.box) as min_lat, ST_XMax(s.box) as max_lng, ST_YMax(s.box) as max_lat,
  s.first_day, s.last_day,
  '{}'::jsonb as value_counts
from (
  select count(*)::integer as feature_count,
    ST_Extent(f."geom") as box,
    null::text as first_day,
    null::text as last_day
  from "geo"."water_source_protection_area" as f) as s;

-- search for 100%
-- ["100%","100\\%%","%100\\%%",null,21,0]
select h.layer_id, h.code, h.title, h.county_adcode, h.min_lng, h.min_lat, h.max_lng, h.max_lat
from (
(select 'water_source_protection_areas' as layer_id,
    f."code" as code,
    f."name"::text as title,
    f."county_adcode"::text as county_adcode,
    ST_XMin(box2d(f."geom")) as min_lng, ST_YMin(box2d(f."geom")) as min_lat, ST_XMax(box2d(f."geom")) as max_lng, ST_YMax(box2d(f."geom")) as max_lat,
    case when f."code" = $1::text or f."name" = $1::text then 0
      when f."code" ilike $2::text or f."name" ilike $2::text then 1
      when f."code" ilike $3::text or f."name" ilike $3::text then 2
      else 3 end as rank,
    $6::integer as layer_order,
    f."name_sort" as sort_key
  from "geo"."water_source_protection_area" as f
  where f."code" ilike $3::text or f."name" ilike $3::text or replace(f."name_sort", ' ', '') like $4::text
  order by rank, length(f."name") nulls last, sort_key, code
  limit $5::integer)
) as h
order by h.rank, length(h.title) nulls last, h.layer_order, h.sort_key, h.code
limit $5::integer;
