-- items: second page of a bbox in zone 38 with a filter and a period
-- [38600000,2821000,38602000,2823500,156.25,["a","b"],"2025-01-01","2025-03-31","1000","7",1200,500]
select coalesce((select r.revision from app.layer_revision as r where r.layer_id = 'mine_sites'), 0)::text as revision,
  case when coalesce((select r.revision from app.layer_revision as r where r.layer_id = 'mine_sites'), 0)::text = $10::text then $11::integer else (
    select count(*)::integer
    from "geo"."mine_site" as f
    where f."geom" && ST_Envelope(ST_Transform(ST_Segmentize(ST_MakeEnvelope($1::float8, $2::float8, $3::float8, $4::float8, 4526), $5::float8), 4490)) and ST_Intersects(ST_Transform(f."geom", 4526), ST_MakeEnvelope($1::float8, $2::float8, $3::float8, $4::float8, 4526))
    and f."code" = any($6::text[])
    and f."status_on" >= $7::date
    and f."status_on" <= $8::date) end as matched,
  a.returned,
  case when a.more then a.last_key::text end as next_key,
  a.heads,
  a.shapes
from (
  select count(*)::integer as returned,
    max(p."id") as last_key,
    (count(*) = $12::integer or sum(p.bytes) >= 33554432) and exists (
      select 1
      from "geo"."mine_site" as f
      where f."geom" && ST_Envelope(ST_Transform(ST_Segmentize(ST_MakeEnvelope($1::float8, $2::float8, $3::float8, $4::float8, 4526), $5::float8), 4490)) and ST_Intersects(ST_Transform(f."geom", 4526), ST_MakeEnvelope($1::float8, $2::float8, $3::float8, $4::float8, 4526))
    and f."code" = any($6::text[])
    and f."status_on" >= $7::date
    and f."status_on" <= $8::date
        and f."id" > max(p."id")) as more,
    string_agg('{"type":"Feature","id":' || to_json(p."code")::text
      || ',"properties":{' || '"code":' || coalesce(to_json(p."code")::text, 'null')
      || ',"name":' || coalesce(to_json(p."name")::text, 'null')
      || ',"phase":' || coalesce(to_json(p."phase")::text, 'null')
      || ',"status":' || coalesce(to_json(p."status")::text, 'null')
      || ',"status_on":' || coalesce(to_json(p."status_on")::text, 'null')
      || ',"progress_percent":' || case when p."progress_percent" is null or p."progress_percent" in ('NaN', 'Infinity', '-Infinity') then 'null' when p."progress_percent" = trunc(p."progress_percent") and abs(p."progress_percent") < 1e15 then p."progress_percent"::bigint::text || '.0' else p."progress_percent"::text end
      || ',"county_adcode":' || coalesce(to_json(p."county_adcode")::text, 'null')
      || ',"reporting_unit":' || coalesce(to_json(p."reporting_unit")::text, 'null')
      || ',"township":' || coalesce(to_json(p."township")::text, 'null')
      || ',"mineral":' || coalesce(to_json(p."mineral")::text, 'null')
      || ',"mining_method":' || coalesce(to_json(p."mining_method")::text, 'null')
      || ',"liability":' || coalesce(to_json(p."liability")::text, 'null')
      || ',"damage_type":' || coalesce(to_json(p."damage_type")::text, 'null')
      || ',"remediation_mode":' || coalesce(to_json(p."remediation_mode")::text, 'null')
      || ',"planned_land_use":' || coalesce(to_json(p."planned_land_use")::text, 'null')
      || ',"plan_year":' || coalesce(p."plan_year"::text, 'null')
      || ',"executing_unit":' || coalesce(to_json(p."executing_unit")::text, 'null')
      || ',"declared_area_m2":' || case when p."declared_area_m2" is null or p."declared_area_m2" in ('NaN', 'Infinity', '-Infinity') then 'null' when p."declared_area_m2" = trunc(p."declared_area_m2") and abs(p."declared_area_m2") < 1e15 then p."declared_area_m2"::bigint::text || '.0' else p."declared_area_m2"::text end
      || ',"area_m2":' || case when p."area_m2" is null or p."area_m2" in ('NaN', 'Infinity', '-Infinity') then 'null' when p."area_m2" = trunc(p."area_m2") and abs(p."area_m2") < 1e15 then p."area_m2"::bigint::text || '.0' else p."area_m2"::text end
      || ',"treated_area_m2":' || case when p."treated_area_m2" is null or p."treated_area_m2" in ('NaN', 'Infinity', '-Infinity') then 'null' when p."treated_area_m2" = trunc(p."treated_area_m2") and abs(p."treated_area_m2") < 1e15 then p."treated_area_m2"::bigint::text || '.0' else p."treated_area_m2"::text end
      || ',"accepted_area_m2":' || case when p."accepted_area_m2" is null or p."accepted_area_m2" in ('NaN', 'Infinity', '-Infinity') then 'null' when p."accepted_area_m2" = trunc(p."accepted_area_m2") and abs(p."accepted_area_m2") < 1e15 then p."accepted_area_m2"::bigint::text || '.0' else p."accepted_area_m2"::text end
      || ',"patch_count":' || coalesce(p."patch_count"::text, 'null')
      || ',"started_on":' || coalesce(to_json(p."started_on")::text, 'null')
      || ',"completed_on":' || coalesce(to_json(p."completed_on")::text, 'null')
      || ',"accepted_on":' || coalesce(to_json(p."accepted_on")::text, 'null')
      || ',"acceptance_document":' || coalesce(to_json(p."acceptance_document")::text, 'null')
      || ',"aftercare_until":' || coalesce(to_json(p."aftercare_until")::text, 'null')
      || ',"data_kind":' || coalesce(to_json(p."data_kind")::text, 'null')
      || ',"version":' || coalesce(p."version"::text, 'null')
      || '},"geometry":', E'\n') as heads,
    string_agg(case when p."geom" is null or ST_IsEmpty(p."geom") then 'null' else ST_AsGeoJSON(p."geom", 6, 0) end
      || ',"anchor":' || case when p."anchor" is null or ST_IsEmpty(p."anchor") then 'null' else (ST_AsGeoJSON(p."anchor", 6, 0)::json -> 'coordinates')::text end, E'\n') as shapes
  from (
    select f."id", f."code", f."name", f."phase", f."status", f."status_on", f."progress_percent", f."county_adcode", f."reporting_unit", f."township", f."mineral", f."mining_method", f."liability", f."damage_type", f."remediation_mode", f."planned_land_use", f."plan_year", f."executing_unit", f."declared_area_m2", f."area_m2", f."treated_area_m2", f."accepted_area_m2", f."patch_count", f."started_on", f."completed_on", f."accepted_on", f."acceptance_document", f."aftercare_until", f."data_kind", f."version", f."geom", f."anchor", pg_column_size(f."geom") as bytes,
      coalesce(sum(pg_column_size(f."geom")) over (
        order by f."id" rows between unbounded preceding and 1 preceding), 0) as bytes_before
    from "geo"."mine_site" as f
    where f."geom" && ST_Envelope(ST_Transform(ST_Segmentize(ST_MakeEnvelope($1::float8, $2::float8, $3::float8, $4::float8, 4526), $5::float8), 4490)) and ST_Intersects(ST_Transform(f."geom", 4526), ST_MakeEnvelope($1::float8, $2::float8, $3::float8, $4::float8, 4526))
    and f."code" = any($6::text[])
    and f."status_on" >= $7::date
    and f."status_on" <= $8::date
      and f."id" > $9::bigint
    order by f."id"
    limit $12::integer) as p
  where p.bytes_before < 33554432) as a;

-- feature by its code
-- ["plain"]
select coalesce((select r.revision from app.layer_revision as r where r.layer_id = 'mine_sites'), 0)::text as revision,
  '{"type":"Feature","id":' || to_json(f."code")::text
      || ',"properties":{' || '"code":' || coalesce(to_json(f."code")::text, 'null')
      || ',"name":' || coalesce(to_json(f."name")::text, 'null')
      || ',"phase":' || coalesce(to_json(f."phase")::text, 'null')
      || ',"status":' || coalesce(to_json(f."status")::text, 'null')
      || ',"status_on":' || coalesce(to_json(f."status_on")::text, 'null')
      || ',"progress_percent":' || case when f."progress_percent" is null or f."progress_percent" in ('NaN', 'Infinity', '-Infinity') then 'null' when f."progress_percent" = trunc(f."progress_percent") and abs(f."progress_percent") < 1e15 then f."progress_percent"::bigint::text || '.0' else f."progress_percent"::text end
      || ',"county_adcode":' || coalesce(to_json(f."county_adcode")::text, 'null')
      || ',"reporting_unit":' || coalesce(to_json(f."reporting_unit")::text, 'null')
      || ',"township":' || coalesce(to_json(f."township")::text, 'null')
      || ',"mineral":' || coalesce(to_json(f."mineral")::text, 'null')
      || ',"mining_method":' || coalesce(to_json(f."mining_method")::text, 'null')
      || ',"liability":' || coalesce(to_json(f."liability")::text, 'null')
      || ',"damage_type":' || coalesce(to_json(f."damage_type")::text, 'null')
      || ',"remediation_mode":' || coalesce(to_json(f."remediation_mode")::text, 'null')
      || ',"planned_land_use":' || coalesce(to_json(f."planned_land_use")::text, 'null')
      || ',"plan_year":' || coalesce(f."plan_year"::text, 'null')
      || ',"executing_unit":' || coalesce(to_json(f."executing_unit")::text, 'null')
      || ',"declared_area_m2":' || case when f."declared_area_m2" is null or f."declared_area_m2" in ('NaN', 'Infinity', '-Infinity') then 'null' when f."declared_area_m2" = trunc(f."declared_area_m2") and abs(f."declared_area_m2") < 1e15 then f."declared_area_m2"::bigint::text || '.0' else f."declared_area_m2"::text end
      || ',"area_m2":' || case when f."area_m2" is null or f."area_m2" in ('NaN', 'Infinity', '-Infinity') then 'null' when f."area_m2" = trunc(f."area_m2") and abs(f."area_m2") < 1e15 then f."area_m2"::bigint::text || '.0' else f."area_m2"::text end
      || ',"treated_area_m2":' || case when f."treated_area_m2" is null or f."treated_area_m2" in ('NaN', 'Infinity', '-Infinity') then 'null' when f."treated_area_m2" = trunc(f."treated_area_m2") and abs(f."treated_area_m2") < 1e15 then f."treated_area_m2"::bigint::text || '.0' else f."treated_area_m2"::text end
      || ',"accepted_area_m2":' || case when f."accepted_area_m2" is null or f."accepted_area_m2" in ('NaN', 'Infinity', '-Infinity') then 'null' when f."accepted_area_m2" = trunc(f."accepted_area_m2") and abs(f."accepted_area_m2") < 1e15 then f."accepted_area_m2"::bigint::text || '.0' else f."accepted_area_m2"::text end
      || ',"patch_count":' || coalesce(f."patch_count"::text, 'null')
      || ',"started_on":' || coalesce(to_json(f."started_on")::text, 'null')
      || ',"completed_on":' || coalesce(to_json(f."completed_on")::text, 'null')
      || ',"accepted_on":' || coalesce(to_json(f."accepted_on")::text, 'null')
      || ',"acceptance_document":' || coalesce(to_json(f."acceptance_document")::text, 'null')
      || ',"aftercare_until":' || coalesce(to_json(f."aftercare_until")::text, 'null')
      || ',"data_kind":' || coalesce(to_json(f."data_kind")::text, 'null')
      || ',"version":' || coalesce(f."version"::text, 'null')
      || '},"geometry":' as heads,
  case when f."geom" is null or ST_IsEmpty(f."geom") then 'null' else ST_AsGeoJSON(f."geom", 6, 0) end
      || ',"anchor":' || case when f."anchor" is null or ST_IsEmpty(f."anchor") then 'null' else (ST_AsGeoJSON(f."anchor", 6, 0)::json -> 'coordinates')::text end as shapes
from "geo"."mine_site" as f
where f."code" = $1::text;

-- tile 7/54/104
-- [[112.4560546875],[24.48714856317343],[115.3564453125],[27.098253906137884],[-12523442.714243278],[-3130860.6785608195],0.01308266454667937,-0.01308266454667937,0.0054931640625]
select q.place::integer as place, t.*
from unnest((select $1::float8[]), (select $2::float8[]), (select $3::float8[]), (select $4::float8[]), (select $5::float8[]), (select $6::float8[])) with ordinality as q(west, south, east, north, dx, dy, place)
cross join lateral (
  with c as materialized (
    select count(*) as touching, count(*) filter (where (ST_XMax(box2d(f."geom")) - ST_XMin(box2d(f."geom")) >= $9::float8 or ST_YMax(box2d(f."geom")) - ST_YMin(box2d(f."geom")) >= $9::float8)) as large
    from "geo"."mine_site" as f
    where f."geom" && ST_MakeEnvelope(q.west, q.south, q.east, q.north, 4490))
  select coalesce((select r.revision from app.layer_revision as r where r.layer_id = 'mine_sites'), 0)::text as revision,
    (select c.touching - least(20000, c.large) from c)::integer as left_out,
    '[' || coalesce(string_agg(s.feature, ','), '') || ']' as features,
    encode(string_agg(s.shapes, ''::bytea), 'base64') as shapes,
    encode(string_agg(s.anchors, ''::bytea), 'base64') as anchors,
    null as axes
  from (
    select f."id", json_build_array(f."id", f."code", f."name", f."phase", f."status", f."county_adcode")::text as feature,
      case when (ST_XMax(box2d(f."geom")) - ST_XMin(box2d(f."geom")) >= $9::float8 or ST_YMax(box2d(f."geom")) - ST_YMin(box2d(f."geom")) >= $9::float8) then coalesce(ST_AsTWKB(ST_SnapToGrid(case when f."area_m2" is null then ST_TransScale(ST_Transform(f."geom", 3857), q.dx, q.dy, $7::float8, $8::float8) else ST_ClipByBox2D(ST_TransScale(ST_Transform(f."geom", 3857), q.dx, q.dy, $7::float8, $8::float8), ST_MakeBox2D(ST_Point(-64, -64), ST_Point(4160, 4160))) end, 1), 0), '\x0110'::bytea) else '\x0110'::bytea end as shapes,
      coalesce(ST_AsTWKB(ST_SnapToGrid(ST_TransScale(ST_Transform(f."anchor", 3857), q.dx, q.dy, $7::float8, $8::float8), 1), 0), '\x0110'::bytea) as anchors
    from "geo"."mine_site" as f
    where f."geom" && ST_MakeEnvelope(q.west, q.south, q.east, q.north, 4490)
      and ((select c.touching from c) <= 20000 or f."id" in (
        select f."id"
        from "geo"."mine_site" as f
    where f."geom" && ST_MakeEnvelope(q.west, q.south, q.east, q.north, 4490)
        order by greatest(ST_XMax(box2d(f."geom")) - ST_XMin(box2d(f."geom")), ST_YMax(box2d(f."geom")) - ST_YMin(box2d(f."geom"))) desc, f."id"
        limit 20000))
    order by f."id") as s) as t;

-- sheet of a county in zone 38 at 1:350 000, second batch
-- [0.2857142857142857,-600000,-2900000,115,25.4,116,26.3,["a","b"],"360732","1000",0.0003,27700,23500]
with c as materialized (
  select f."id" as id, pg_column_size(f."geom") as bytes
  from "geo"."mine_site" as f
  where f."geom" && ST_MakeEnvelope($4::float8, $5::float8, $6::float8, $7::float8, 4490)
    and f."county_adcode" = $9::text
    and f."id" > $10::bigint
  order by f."id"
  limit 2000),
k as materialized (
  select b.id
  from (select c.id, sum(c.bytes) over (order by c.id) - c.bytes as bytes_before from c) as b
  where b.bytes_before < 1000000)
select coalesce((select r.revision from app.layer_revision as r where r.layer_id = 'mine_sites'), 0)::text as revision,
  (select case when count(*) = 2000 or count(*) > (select count(*) from k) then (select max(k.id)::text from k) end
    from c) as next_key,
  t.*
from (
  select '[' || coalesce(string_agg(d.feature, ','), '') || ']' as features,
    string_agg(d.shapes, ''::bytea) as shapes,
    string_agg(d.anchors, ''::bytea) as anchors,
    null::bytea as axes
  from (
    select json_build_array(s."code"::text, s."name"::text, null::text, s."phase"::text, case when s."declared_area_m2" not in ('NaN', 'Infinity', '-Infinity') then s."declared_area_m2" end)::text as feature,
      coalesce(ST_AsTWKB(s.shape, 0), '\x0110'::bytea) as shapes,
      coalesce(ST_AsTWKB(ST_TransScale(ST_Transform(s."anchor", 4547), $2::float8, $3::float8, $1::float8, -$1::float8), 0), '\x0110'::bytea) as anchors
    from (
      select f."id", f."geom", f."anchor", f."area_m2", f."code", f."name", f."phase", f."declared_area_m2", ST_TransScale(ST_Transform(ST_Simplify(case when f."area_m2" is null then f."geom" else ST_ClipByBox2D(f."geom", box2d(ST_MakeEnvelope($4::float8, $5::float8, $6::float8, $7::float8, 4490))) end, $11::float8, true), 4547), $2::float8, $3::float8, $1::float8, -$1::float8) as shape
      from "geo"."mine_site" as f
      where f."id" in (select k.id from k)
        and f."phase"::text = any($8::text[])
      offset 0) as s
    where s.shape && ST_MakeEnvelope(0, 0, $12::float8, $13::float8, 4547) and case when s.shape @ ST_MakeEnvelope(0, 0, $12::float8, $13::float8, 4547) then true else ST_Intersects(s.shape, ST_MakeEnvelope(0, 0, $12::float8, $13::float8, 4547)) end
    order by s."id") as d) as t;

-- summary
-- []
select 'mine_sites' as layer_id,
  coalesce((select r.revision from app.layer_revision as r where r.layer_id = 'mine_sites'), 0)::text as revision,
  s.feature_count,
  ST_XMin(s.box) as min_lng, ST_YMin(s.box) as min_lat, ST_XMax(s.box) as max_lng, ST_YMax(s.box) as max_lat,
  s.first_day, s.last_day,
  (select coalesce(jsonb_object_agg(c.value, c.n), '{}'::jsonb) from (
      select f."phase"::text as value, count(*)::integer as n
      from "geo"."mine_site" as f
      where f."phase" is not null
      group by 1) as c) as value_counts
from (
  select count(*)::integer as feature_count,
    ST_Extent(f."geom") as box,
    min(f."status_on")::text as first_day,
    max(f."status_on")::text as last_day
  from "geo"."mine_site" as f) as s;

-- search for 100%
-- ["100%","100\\%%","%100\\%%",null,21,0]
select h.layer_id, h.code, h.title, h.county_adcode, h.min_lng, h.min_lat, h.max_lng, h.max_lat
from (
(select 'mine_sites' as layer_id,
    f."code" as code,
    f."name"::text as title,
    f."county_adcode"::text as county_adcode,
    ST_XMin(box2d(f."geom")) as min_lng, ST_YMin(box2d(f."geom")) as min_lat, ST_XMax(box2d(f."geom")) as max_lng, ST_YMax(box2d(f."geom")) as max_lat,
    case when f."code" = $1::text or f."name" = $1::text or f."township" = $1::text then 0
      when f."code" ilike $2::text or f."name" ilike $2::text or f."township" ilike $2::text then 1
      when f."code" ilike $3::text or f."name" ilike $3::text or f."township" ilike $3::text then 2
      else 3 end as rank,
    $6::integer as layer_order,
    f."name_sort" as sort_key
  from "geo"."mine_site" as f
  where f."code" ilike $3::text or f."name" ilike $3::text or f."township" ilike $3::text or replace(f."name_sort", ' ', '') like $4::text
  order by rank, length(f."name") nulls last, sort_key, code
  limit $5::integer)
) as h
order by h.rank, length(h.title) nulls last, h.layer_order, h.sort_key, h.code
limit $5::integer;

-- items as of a day, by a field that has a past
-- ["2024-06-30",115,25,116,26,115.00005,25.00005,115.99995,25.99995,["closed"],10]
select coalesce((select r.revision from app.layer_revision as r where r.layer_id = 'mine_sites'), 0)::text as revision,
  case when not a.more then a.returned else (
    select count(*)::integer
    from (
    select t."id",
      t."code",
      t."geom",
      t."anchor",
      t."area_m2",
      t."name",
      case case when h."effective_on" is not null then h."status" when o.stands then t."status" else 'to_verify' end when 'to_verify' then 'not_started' when 'verified' then 'not_started' when 'designing' then 'preparing' when 'approved' then 'preparing' when 'in_progress' then 'in_works' when 'natural_recovery' then 'in_works' when 'completed' then 'awaiting_acceptance' when 'county_accepted' then 'awaiting_acceptance' when 'city_accepted' then 'accepted' when 'public_notice' then 'accepted' when 'closed' then 'closed' when 'handed_over' then 'closed' when 'rectifying' then 'rectifying' when 'excluded' then 'removed' end as "phase",
      case when h."effective_on" is not null then h."status" when o.stands then t."status" else 'to_verify' end as "status",
      case when h."effective_on" is not null then (
        select e."effective_on"
        from "app"."mine_site_event" as e
        left join (
          select d."effective_on", d."seq"
          from "app"."mine_site_event" as d
          where d."site_code" = t."code" and d."sets_state" and d."effective_on" <= $1::date and d."status" <> h."status"
          order by d."effective_on" desc, d."seq" desc
          limit 1) as d on true
        where e."site_code" = t."code" and e."sets_state" and e."effective_on" <= $1::date
          and (d."effective_on" is null or (e."effective_on", e."seq") > (d."effective_on", d."seq"))
        order by e."effective_on", e."seq"
        limit 1) when o.stands then t."status_on" end as "status_on",
      case when h."effective_on" is not null then h."progress_percent" when o.stands then t."progress_percent" end as "progress_percent",
      t."county_adcode",
      t."reporting_unit",
      t."township",
      t."mineral",
      t."mining_method",
      t."liability",
      t."damage_type",
      t."remediation_mode",
      t."planned_land_use",
      t."plan_year",
      t."executing_unit",
      t."declared_area_m2",
      case when h."effective_on" is not null then h."treated_area_m2" when o.stands then t."treated_area_m2" end as "treated_area_m2",
      case when h."facts" is not null then (h."facts" ->> 'acceptedAreaSquareMeters')::double precision when o.stands or t."accepted_on" <= $1::date then t."accepted_area_m2" end as "accepted_area_m2",
      t."patch_count",
      case when h."facts" is not null then (h."facts" ->> 'startedOn')::date when o.stands or t."started_on" <= $1::date then t."started_on" end as "started_on",
      case when h."facts" is not null then (h."facts" ->> 'completedOn')::date when o.stands or t."completed_on" <= $1::date then t."completed_on" end as "completed_on",
      case when h."facts" is not null then (h."facts" ->> 'acceptedOn')::date when o.stands or t."accepted_on" <= $1::date then t."accepted_on" end as "accepted_on",
      case when h."facts" is not null then (h."facts" ->> 'acceptanceDocument')::text when o.stands or t."accepted_on" <= $1::date then t."acceptance_document" end as "acceptance_document",
      case when h."facts" is not null then (h."facts" ->> 'aftercareUntil')::date when o.stands or t."accepted_on" <= $1::date then t."aftercare_until" end as "aftercare_until",
      t."data_kind",
      t."version"
    from "geo"."mine_site" as t
    left join lateral (
      select e."effective_on", e."facts", e."status", e."progress_percent", e."treated_area_m2"
      from "app"."mine_site_event" as e
      where e."site_code" = t."code" and e."sets_state" and e."effective_on" <= $1::date
      order by e."effective_on" desc, e."seq" desc
      limit 1) as h on true
    left join lateral (
      select true as stands
      where h."effective_on" is null
        and coalesce(t."status_on", $1::date) <= $1::date
        and not exists (select 1 from "app"."mine_site_event" as e where e."site_code" = t."code" and e."sets_state")) as o on true) as f
    where f."geom" && ST_MakeEnvelope($2::float8, $3::float8, $4::float8, $5::float8, 4490) and case when f."geom" @ ST_MakeEnvelope($6::float8, $7::float8, $8::float8, $9::float8, 4490) then true else ST_Intersects(f."geom", ST_MakeEnvelope($2::float8, $3::float8, $4::float8, $5::float8, 4490)) end
    and f."status" = any($10::text[])) end as matched,
  a.returned,
  case when a.more then a.last_key::text end as next_key,
  a.heads,
  a.shapes
from (
  select count(*)::integer as returned,
    max(p."id") as last_key,
    (count(*) = $11::integer or sum(p.bytes) >= 33554432) and exists (
      select 1
      from (
    select t."id",
      t."code",
      t."geom",
      t."anchor",
      t."area_m2",
      t."name",
      case case when h."effective_on" is not null then h."status" when o.stands then t."status" else 'to_verify' end when 'to_verify' then 'not_started' when 'verified' then 'not_started' when 'designing' then 'preparing' when 'approved' then 'preparing' when 'in_progress' then 'in_works' when 'natural_recovery' then 'in_works' when 'completed' then 'awaiting_acceptance' when 'county_accepted' then 'awaiting_acceptance' when 'city_accepted' then 'accepted' when 'public_notice' then 'accepted' when 'closed' then 'closed' when 'handed_over' then 'closed' when 'rectifying' then 'rectifying' when 'excluded' then 'removed' end as "phase",
      case when h."effective_on" is not null then h."status" when o.stands then t."status" else 'to_verify' end as "status",
      case when h."effective_on" is not null then (
        select e."effective_on"
        from "app"."mine_site_event" as e
        left join (
          select d."effective_on", d."seq"
          from "app"."mine_site_event" as d
          where d."site_code" = t."code" and d."sets_state" and d."effective_on" <= $1::date and d."status" <> h."status"
          order by d."effective_on" desc, d."seq" desc
          limit 1) as d on true
        where e."site_code" = t."code" and e."sets_state" and e."effective_on" <= $1::date
          and (d."effective_on" is null or (e."effective_on", e."seq") > (d."effective_on", d."seq"))
        order by e."effective_on", e."seq"
        limit 1) when o.stands then t."status_on" end as "status_on",
      case when h."effective_on" is not null then h."progress_percent" when o.stands then t."progress_percent" end as "progress_percent",
      t."county_adcode",
      t."reporting_unit",
      t."township",
      t."mineral",
      t."mining_method",
      t."liability",
      t."damage_type",
      t."remediation_mode",
      t."planned_land_use",
      t."plan_year",
      t."executing_unit",
      t."declared_area_m2",
      case when h."effective_on" is not null then h."treated_area_m2" when o.stands then t."treated_area_m2" end as "treated_area_m2",
      case when h."facts" is not null then (h."facts" ->> 'acceptedAreaSquareMeters')::double precision when o.stands or t."accepted_on" <= $1::date then t."accepted_area_m2" end as "accepted_area_m2",
      t."patch_count",
      case when h."facts" is not null then (h."facts" ->> 'startedOn')::date when o.stands or t."started_on" <= $1::date then t."started_on" end as "started_on",
      case when h."facts" is not null then (h."facts" ->> 'completedOn')::date when o.stands or t."completed_on" <= $1::date then t."completed_on" end as "completed_on",
      case when h."facts" is not null then (h."facts" ->> 'acceptedOn')::date when o.stands or t."accepted_on" <= $1::date then t."accepted_on" end as "accepted_on",
      case when h."facts" is not null then (h."facts" ->> 'acceptanceDocument')::text when o.stands or t."accepted_on" <= $1::date then t."acceptance_document" end as "acceptance_document",
      case when h."facts" is not null then (h."facts" ->> 'aftercareUntil')::date when o.stands or t."accepted_on" <= $1::date then t."aftercare_until" end as "aftercare_until",
      t."data_kind",
      t."version"
    from "geo"."mine_site" as t
    left join lateral (
      select e."effective_on", e."facts", e."status", e."progress_percent", e."treated_area_m2"
      from "app"."mine_site_event" as e
      where e."site_code" = t."code" and e."sets_state" and e."effective_on" <= $1::date
      order by e."effective_on" desc, e."seq" desc
      limit 1) as h on true
    left join lateral (
      select true as stands
      where h."effective_on" is null
        and coalesce(t."status_on", $1::date) <= $1::date
        and not exists (select 1 from "app"."mine_site_event" as e where e."site_code" = t."code" and e."sets_state")) as o on true) as f
      where f."geom" && ST_MakeEnvelope($2::float8, $3::float8, $4::float8, $5::float8, 4490) and case when f."geom" @ ST_MakeEnvelope($6::float8, $7::float8, $8::float8, $9::float8, 4490) then true else ST_Intersects(f."geom", ST_MakeEnvelope($2::float8, $3::float8, $4::float8, $5::float8, 4490)) end
    and f."status" = any($10::text[])
        and f."id" > max(p."id")) as more,
    string_agg('{"type":"Feature","id":' || to_json(p."code")::text
      || ',"properties":{' || '"code":' || coalesce(to_json(p."code")::text, 'null')
      || ',"name":' || coalesce(to_json(p."name")::text, 'null')
      || ',"phase":' || coalesce(to_json(p."phase")::text, 'null')
      || ',"status":' || coalesce(to_json(p."status")::text, 'null')
      || ',"status_on":' || coalesce(to_json(p."status_on")::text, 'null')
      || ',"progress_percent":' || case when p."progress_percent" is null or p."progress_percent" in ('NaN', 'Infinity', '-Infinity') then 'null' when p."progress_percent" = trunc(p."progress_percent") and abs(p."progress_percent") < 1e15 then p."progress_percent"::bigint::text || '.0' else p."progress_percent"::text end
      || ',"county_adcode":' || coalesce(to_json(p."county_adcode")::text, 'null')
      || ',"reporting_unit":' || coalesce(to_json(p."reporting_unit")::text, 'null')
      || ',"township":' || coalesce(to_json(p."township")::text, 'null')
      || ',"mineral":' || coalesce(to_json(p."mineral")::text, 'null')
      || ',"mining_method":' || coalesce(to_json(p."mining_method")::text, 'null')
      || ',"liability":' || coalesce(to_json(p."liability")::text, 'null')
      || ',"damage_type":' || coalesce(to_json(p."damage_type")::text, 'null')
      || ',"remediation_mode":' || coalesce(to_json(p."remediation_mode")::text, 'null')
      || ',"planned_land_use":' || coalesce(to_json(p."planned_land_use")::text, 'null')
      || ',"plan_year":' || coalesce(p."plan_year"::text, 'null')
      || ',"executing_unit":' || coalesce(to_json(p."executing_unit")::text, 'null')
      || ',"declared_area_m2":' || case when p."declared_area_m2" is null or p."declared_area_m2" in ('NaN', 'Infinity', '-Infinity') then 'null' when p."declared_area_m2" = trunc(p."declared_area_m2") and abs(p."declared_area_m2") < 1e15 then p."declared_area_m2"::bigint::text || '.0' else p."declared_area_m2"::text end
      || ',"area_m2":' || case when p."area_m2" is null or p."area_m2" in ('NaN', 'Infinity', '-Infinity') then 'null' when p."area_m2" = trunc(p."area_m2") and abs(p."area_m2") < 1e15 then p."area_m2"::bigint::text || '.0' else p."area_m2"::text end
      || ',"treated_area_m2":' || case when p."treated_area_m2" is null or p."treated_area_m2" in ('NaN', 'Infinity', '-Infinity') then 'null' when p."treated_area_m2" = trunc(p."treated_area_m2") and abs(p."treated_area_m2") < 1e15 then p."treated_area_m2"::bigint::text || '.0' else p."treated_area_m2"::text end
      || ',"accepted_area_m2":' || case when p."accepted_area_m2" is null or p."accepted_area_m2" in ('NaN', 'Infinity', '-Infinity') then 'null' when p."accepted_area_m2" = trunc(p."accepted_area_m2") and abs(p."accepted_area_m2") < 1e15 then p."accepted_area_m2"::bigint::text || '.0' else p."accepted_area_m2"::text end
      || ',"patch_count":' || coalesce(p."patch_count"::text, 'null')
      || ',"started_on":' || coalesce(to_json(p."started_on")::text, 'null')
      || ',"completed_on":' || coalesce(to_json(p."completed_on")::text, 'null')
      || ',"accepted_on":' || coalesce(to_json(p."accepted_on")::text, 'null')
      || ',"acceptance_document":' || coalesce(to_json(p."acceptance_document")::text, 'null')
      || ',"aftercare_until":' || coalesce(to_json(p."aftercare_until")::text, 'null')
      || ',"data_kind":' || coalesce(to_json(p."data_kind")::text, 'null')
      || ',"version":' || coalesce(p."version"::text, 'null')
      || '},"geometry":', E'\n') as heads,
    string_agg(case when p."geom" is null or ST_IsEmpty(p."geom") then 'null' else ST_AsGeoJSON(p."geom", 6, 0) end
      || ',"anchor":' || case when p."anchor" is null or ST_IsEmpty(p."anchor") then 'null' else (ST_AsGeoJSON(p."anchor", 6, 0)::json -> 'coordinates')::text end, E'\n') as shapes
  from (
    select f."id", f."code", f."name", f."phase", f."status", f."status_on", f."progress_percent", f."county_adcode", f."reporting_unit", f."township", f."mineral", f."mining_method", f."liability", f."damage_type", f."remediation_mode", f."planned_land_use", f."plan_year", f."executing_unit", f."declared_area_m2", f."area_m2", f."treated_area_m2", f."accepted_area_m2", f."patch_count", f."started_on", f."completed_on", f."accepted_on", f."acceptance_document", f."aftercare_until", f."data_kind", f."version", f."geom", f."anchor", pg_column_size(f."geom") as bytes,
      coalesce(sum(pg_column_size(f."geom")) over (
        order by f."id" rows between unbounded preceding and 1 preceding), 0) as bytes_before
    from (
    select t."id",
      t."code",
      t."geom",
      t."anchor",
      t."area_m2",
      t."name",
      case case when h."effective_on" is not null then h."status" when o.stands then t."status" else 'to_verify' end when 'to_verify' then 'not_started' when 'verified' then 'not_started' when 'designing' then 'preparing' when 'approved' then 'preparing' when 'in_progress' then 'in_works' when 'natural_recovery' then 'in_works' when 'completed' then 'awaiting_acceptance' when 'county_accepted' then 'awaiting_acceptance' when 'city_accepted' then 'accepted' when 'public_notice' then 'accepted' when 'closed' then 'closed' when 'handed_over' then 'closed' when 'rectifying' then 'rectifying' when 'excluded' then 'removed' end as "phase",
      case when h."effective_on" is not null then h."status" when o.stands then t."status" else 'to_verify' end as "status",
      case when h."effective_on" is not null then (
        select e."effective_on"
        from "app"."mine_site_event" as e
        left join (
          select d."effective_on", d."seq"
          from "app"."mine_site_event" as d
          where d."site_code" = t."code" and d."sets_state" and d."effective_on" <= $1::date and d."status" <> h."status"
          order by d."effective_on" desc, d."seq" desc
          limit 1) as d on true
        where e."site_code" = t."code" and e."sets_state" and e."effective_on" <= $1::date
          and (d."effective_on" is null or (e."effective_on", e."seq") > (d."effective_on", d."seq"))
        order by e."effective_on", e."seq"
        limit 1) when o.stands then t."status_on" end as "status_on",
      case when h."effective_on" is not null then h."progress_percent" when o.stands then t."progress_percent" end as "progress_percent",
      t."county_adcode",
      t."reporting_unit",
      t."township",
      t."mineral",
      t."mining_method",
      t."liability",
      t."damage_type",
      t."remediation_mode",
      t."planned_land_use",
      t."plan_year",
      t."executing_unit",
      t."declared_area_m2",
      case when h."effective_on" is not null then h."treated_area_m2" when o.stands then t."treated_area_m2" end as "treated_area_m2",
      case when h."facts" is not null then (h."facts" ->> 'acceptedAreaSquareMeters')::double precision when o.stands or t."accepted_on" <= $1::date then t."accepted_area_m2" end as "accepted_area_m2",
      t."patch_count",
      case when h."facts" is not null then (h."facts" ->> 'startedOn')::date when o.stands or t."started_on" <= $1::date then t."started_on" end as "started_on",
      case when h."facts" is not null then (h."facts" ->> 'completedOn')::date when o.stands or t."completed_on" <= $1::date then t."completed_on" end as "completed_on",
      case when h."facts" is not null then (h."facts" ->> 'acceptedOn')::date when o.stands or t."accepted_on" <= $1::date then t."accepted_on" end as "accepted_on",
      case when h."facts" is not null then (h."facts" ->> 'acceptanceDocument')::text when o.stands or t."accepted_on" <= $1::date then t."acceptance_document" end as "acceptance_document",
      case when h."facts" is not null then (h."facts" ->> 'aftercareUntil')::date when o.stands or t."accepted_on" <= $1::date then t."aftercare_until" end as "aftercare_until",
      t."data_kind",
      t."version"
    from "geo"."mine_site" as t
    left join lateral (
      select e."effective_on", e."facts", e."status", e."progress_percent", e."treated_area_m2"
      from "app"."mine_site_event" as e
      where e."site_code" = t."code" and e."sets_state" and e."effective_on" <= $1::date
      order by e."effective_on" desc, e."seq" desc
      limit 1) as h on true
    left join lateral (
      select true as stands
      where h."effective_on" is null
        and coalesce(t."status_on", $1::date) <= $1::date
        and not exists (select 1 from "app"."mine_site_event" as e where e."site_code" = t."code" and e."sets_state")) as o on true) as f
    where f."geom" && ST_MakeEnvelope($2::float8, $3::float8, $4::float8, $5::float8, 4490) and case when f."geom" @ ST_MakeEnvelope($6::float8, $7::float8, $8::float8, $9::float8, 4490) then true else ST_Intersects(f."geom", ST_MakeEnvelope($2::float8, $3::float8, $4::float8, $5::float8, 4490)) end
    and f."status" = any($10::text[])
    order by f."id"
    limit $11::integer) as p
  where p.bytes_before < 33554432) as a;

-- feature as of a day
-- ["2024-06-30","plain"]
select coalesce((select r.revision from app.layer_revision as r where r.layer_id = 'mine_sites'), 0)::text as revision,
  '{"type":"Feature","id":' || to_json(f."code")::text
      || ',"properties":{' || '"code":' || coalesce(to_json(f."code")::text, 'null')
      || ',"name":' || coalesce(to_json(f."name")::text, 'null')
      || ',"phase":' || coalesce(to_json(f."phase")::text, 'null')
      || ',"status":' || coalesce(to_json(f."status")::text, 'null')
      || ',"status_on":' || coalesce(to_json(f."status_on")::text, 'null')
      || ',"progress_percent":' || case when f."progress_percent" is null or f."progress_percent" in ('NaN', 'Infinity', '-Infinity') then 'null' when f."progress_percent" = trunc(f."progress_percent") and abs(f."progress_percent") < 1e15 then f."progress_percent"::bigint::text || '.0' else f."progress_percent"::text end
      || ',"county_adcode":' || coalesce(to_json(f."county_adcode")::text, 'null')
      || ',"reporting_unit":' || coalesce(to_json(f."reporting_unit")::text, 'null')
      || ',"township":' || coalesce(to_json(f."township")::text, 'null')
      || ',"mineral":' || coalesce(to_json(f."mineral")::text, 'null')
      || ',"mining_method":' || coalesce(to_json(f."mining_method")::text, 'null')
      || ',"liability":' || coalesce(to_json(f."liability")::text, 'null')
      || ',"damage_type":' || coalesce(to_json(f."damage_type")::text, 'null')
      || ',"remediation_mode":' || coalesce(to_json(f."remediation_mode")::text, 'null')
      || ',"planned_land_use":' || coalesce(to_json(f."planned_land_use")::text, 'null')
      || ',"plan_year":' || coalesce(f."plan_year"::text, 'null')
      || ',"executing_unit":' || coalesce(to_json(f."executing_unit")::text, 'null')
      || ',"declared_area_m2":' || case when f."declared_area_m2" is null or f."declared_area_m2" in ('NaN', 'Infinity', '-Infinity') then 'null' when f."declared_area_m2" = trunc(f."declared_area_m2") and abs(f."declared_area_m2") < 1e15 then f."declared_area_m2"::bigint::text || '.0' else f."declared_area_m2"::text end
      || ',"area_m2":' || case when f."area_m2" is null or f."area_m2" in ('NaN', 'Infinity', '-Infinity') then 'null' when f."area_m2" = trunc(f."area_m2") and abs(f."area_m2") < 1e15 then f."area_m2"::bigint::text || '.0' else f."area_m2"::text end
      || ',"treated_area_m2":' || case when f."treated_area_m2" is null or f."treated_area_m2" in ('NaN', 'Infinity', '-Infinity') then 'null' when f."treated_area_m2" = trunc(f."treated_area_m2") and abs(f."treated_area_m2") < 1e15 then f."treated_area_m2"::bigint::text || '.0' else f."treated_area_m2"::text end
      || ',"accepted_area_m2":' || case when f."accepted_area_m2" is null or f."accepted_area_m2" in ('NaN', 'Infinity', '-Infinity') then 'null' when f."accepted_area_m2" = trunc(f."accepted_area_m2") and abs(f."accepted_area_m2") < 1e15 then f."accepted_area_m2"::bigint::text || '.0' else f."accepted_area_m2"::text end
      || ',"patch_count":' || coalesce(f."patch_count"::text, 'null')
      || ',"started_on":' || coalesce(to_json(f."started_on")::text, 'null')
      || ',"completed_on":' || coalesce(to_json(f."completed_on")::text, 'null')
      || ',"accepted_on":' || coalesce(to_json(f."accepted_on")::text, 'null')
      || ',"acceptance_document":' || coalesce(to_json(f."acceptance_document")::text, 'null')
      || ',"aftercare_until":' || coalesce(to_json(f."aftercare_until")::text, 'null')
      || ',"data_kind":' || coalesce(to_json(f."data_kind")::text, 'null')
      || ',"version":' || coalesce(f."version"::text, 'null')
      || '},"geometry":' as heads,
  case when f."geom" is null or ST_IsEmpty(f."geom") then 'null' else ST_AsGeoJSON(f."geom", 6, 0) end
      || ',"anchor":' || case when f."anchor" is null or ST_IsEmpty(f."anchor") then 'null' else (ST_AsGeoJSON(f."anchor", 6, 0)::json -> 'coordinates')::text end as shapes
from (
    select t."id",
      t."code",
      t."geom",
      t."anchor",
      t."area_m2",
      t."name",
      case case when h."effective_on" is not null then h."status" when o.stands then t."status" else 'to_verify' end when 'to_verify' then 'not_started' when 'verified' then 'not_started' when 'designing' then 'preparing' when 'approved' then 'preparing' when 'in_progress' then 'in_works' when 'natural_recovery' then 'in_works' when 'completed' then 'awaiting_acceptance' when 'county_accepted' then 'awaiting_acceptance' when 'city_accepted' then 'accepted' when 'public_notice' then 'accepted' when 'closed' then 'closed' when 'handed_over' then 'closed' when 'rectifying' then 'rectifying' when 'excluded' then 'removed' end as "phase",
      case when h."effective_on" is not null then h."status" when o.stands then t."status" else 'to_verify' end as "status",
      case when h."effective_on" is not null then (
        select e."effective_on"
        from "app"."mine_site_event" as e
        left join (
          select d."effective_on", d."seq"
          from "app"."mine_site_event" as d
          where d."site_code" = t."code" and d."sets_state" and d."effective_on" <= $1::date and d."status" <> h."status"
          order by d."effective_on" desc, d."seq" desc
          limit 1) as d on true
        where e."site_code" = t."code" and e."sets_state" and e."effective_on" <= $1::date
          and (d."effective_on" is null or (e."effective_on", e."seq") > (d."effective_on", d."seq"))
        order by e."effective_on", e."seq"
        limit 1) when o.stands then t."status_on" end as "status_on",
      case when h."effective_on" is not null then h."progress_percent" when o.stands then t."progress_percent" end as "progress_percent",
      t."county_adcode",
      t."reporting_unit",
      t."township",
      t."mineral",
      t."mining_method",
      t."liability",
      t."damage_type",
      t."remediation_mode",
      t."planned_land_use",
      t."plan_year",
      t."executing_unit",
      t."declared_area_m2",
      case when h."effective_on" is not null then h."treated_area_m2" when o.stands then t."treated_area_m2" end as "treated_area_m2",
      case when h."facts" is not null then (h."facts" ->> 'acceptedAreaSquareMeters')::double precision when o.stands or t."accepted_on" <= $1::date then t."accepted_area_m2" end as "accepted_area_m2",
      t."patch_count",
      case when h."facts" is not null then (h."facts" ->> 'startedOn')::date when o.stands or t."started_on" <= $1::date then t."started_on" end as "started_on",
      case when h."facts" is not null then (h."facts" ->> 'completedOn')::date when o.stands or t."completed_on" <= $1::date then t."completed_on" end as "completed_on",
      case when h."facts" is not null then (h."facts" ->> 'acceptedOn')::date when o.stands or t."accepted_on" <= $1::date then t."accepted_on" end as "accepted_on",
      case when h."facts" is not null then (h."facts" ->> 'acceptanceDocument')::text when o.stands or t."accepted_on" <= $1::date then t."acceptance_document" end as "acceptance_document",
      case when h."facts" is not null then (h."facts" ->> 'aftercareUntil')::date when o.stands or t."accepted_on" <= $1::date then t."aftercare_until" end as "aftercare_until",
      t."data_kind",
      t."version"
    from "geo"."mine_site" as t
    left join lateral (
      select e."effective_on", e."facts", e."status", e."progress_percent", e."treated_area_m2"
      from "app"."mine_site_event" as e
      where e."site_code" = t."code" and e."sets_state" and e."effective_on" <= $1::date
      order by e."effective_on" desc, e."seq" desc
      limit 1) as h on true
    left join lateral (
      select true as stands
      where h."effective_on" is null
        and coalesce(t."status_on", $1::date) <= $1::date
        and not exists (select 1 from "app"."mine_site_event" as e where e."site_code" = t."code" and e."sets_state")) as o on true) as f
where f."code" = $2::text;

-- tile 7/54/104 as of a day
-- ["2024-06-30",[112.4560546875],[24.48714856317343],[115.3564453125],[27.098253906137884],[-12523442.714243278],[-3130860.6785608195],0.01308266454667937,-0.01308266454667937,0.0054931640625]
select q.place::integer as place, t.*
from unnest((select $2::float8[]), (select $3::float8[]), (select $4::float8[]), (select $5::float8[]), (select $6::float8[]), (select $7::float8[])) with ordinality as q(west, south, east, north, dx, dy, place)
cross join lateral (
  with c as materialized (
    select count(*) as touching, count(*) filter (where (ST_XMax(box2d(f."geom")) - ST_XMin(box2d(f."geom")) >= $10::float8 or ST_YMax(box2d(f."geom")) - ST_YMin(box2d(f."geom")) >= $10::float8)) as large
    from "geo"."mine_site" as f
    where f."geom" && ST_MakeEnvelope(q.west, q.south, q.east, q.north, 4490))
  select coalesce((select r.revision from app.layer_revision as r where r.layer_id = 'mine_sites'), 0)::text as revision,
    (select c.touching - least(20000, c.large) from c)::integer as left_out,
    '[' || coalesce(string_agg(s.feature, ','), '') || ']' as features,
    encode(string_agg(s.shapes, ''::bytea), 'base64') as shapes,
    encode(string_agg(s.anchors, ''::bytea), 'base64') as anchors,
    null as axes
  from (
    select f."id", json_build_array(f."id", f."code", f."name", f."phase", f."status", f."county_adcode")::text as feature,
      case when (ST_XMax(box2d(f."geom")) - ST_XMin(box2d(f."geom")) >= $10::float8 or ST_YMax(box2d(f."geom")) - ST_YMin(box2d(f."geom")) >= $10::float8) then coalesce(ST_AsTWKB(ST_SnapToGrid(case when f."area_m2" is null then ST_TransScale(ST_Transform(f."geom", 3857), q.dx, q.dy, $8::float8, $9::float8) else ST_ClipByBox2D(ST_TransScale(ST_Transform(f."geom", 3857), q.dx, q.dy, $8::float8, $9::float8), ST_MakeBox2D(ST_Point(-64, -64), ST_Point(4160, 4160))) end, 1), 0), '\x0110'::bytea) else '\x0110'::bytea end as shapes,
      coalesce(ST_AsTWKB(ST_SnapToGrid(ST_TransScale(ST_Transform(f."anchor", 3857), q.dx, q.dy, $8::float8, $9::float8), 1), 0), '\x0110'::bytea) as anchors
    from (
    select t."id",
      t."code",
      t."geom",
      t."anchor",
      t."area_m2",
      t."name",
      case case when h."effective_on" is not null then h."status" when o.stands then t."status" else 'to_verify' end when 'to_verify' then 'not_started' when 'verified' then 'not_started' when 'designing' then 'preparing' when 'approved' then 'preparing' when 'in_progress' then 'in_works' when 'natural_recovery' then 'in_works' when 'completed' then 'awaiting_acceptance' when 'county_accepted' then 'awaiting_acceptance' when 'city_accepted' then 'accepted' when 'public_notice' then 'accepted' when 'closed' then 'closed' when 'handed_over' then 'closed' when 'rectifying' then 'rectifying' when 'excluded' then 'removed' end as "phase",
      case when h."effective_on" is not null then h."status" when o.stands then t."status" else 'to_verify' end as "status",
      case when h."effective_on" is not null then (
        select e."effective_on"
        from "app"."mine_site_event" as e
        left join (
          select d."effective_on", d."seq"
          from "app"."mine_site_event" as d
          where d."site_code" = t."code" and d."sets_state" and d."effective_on" <= $1::date and d."status" <> h."status"
          order by d."effective_on" desc, d."seq" desc
          limit 1) as d on true
        where e."site_code" = t."code" and e."sets_state" and e."effective_on" <= $1::date
          and (d."effective_on" is null or (e."effective_on", e."seq") > (d."effective_on", d."seq"))
        order by e."effective_on", e."seq"
        limit 1) when o.stands then t."status_on" end as "status_on",
      case when h."effective_on" is not null then h."progress_percent" when o.stands then t."progress_percent" end as "progress_percent",
      t."county_adcode",
      t."reporting_unit",
      t."township",
      t."mineral",
      t."mining_method",
      t."liability",
      t."damage_type",
      t."remediation_mode",
      t."planned_land_use",
      t."plan_year",
      t."executing_unit",
      t."declared_area_m2",
      case when h."effective_on" is not null then h."treated_area_m2" when o.stands then t."treated_area_m2" end as "treated_area_m2",
      case when h."facts" is not null then (h."facts" ->> 'acceptedAreaSquareMeters')::double precision when o.stands or t."accepted_on" <= $1::date then t."accepted_area_m2" end as "accepted_area_m2",
      t."patch_count",
      case when h."facts" is not null then (h."facts" ->> 'startedOn')::date when o.stands or t."started_on" <= $1::date then t."started_on" end as "started_on",
      case when h."facts" is not null then (h."facts" ->> 'completedOn')::date when o.stands or t."completed_on" <= $1::date then t."completed_on" end as "completed_on",
      case when h."facts" is not null then (h."facts" ->> 'acceptedOn')::date when o.stands or t."accepted_on" <= $1::date then t."accepted_on" end as "accepted_on",
      case when h."facts" is not null then (h."facts" ->> 'acceptanceDocument')::text when o.stands or t."accepted_on" <= $1::date then t."acceptance_document" end as "acceptance_document",
      case when h."facts" is not null then (h."facts" ->> 'aftercareUntil')::date when o.stands or t."accepted_on" <= $1::date then t."aftercare_until" end as "aftercare_until",
      t."data_kind",
      t."version"
    from "geo"."mine_site" as t
    left join lateral (
      select e."effective_on", e."facts", e."status", e."progress_percent", e."treated_area_m2"
      from "app"."mine_site_event" as e
      where e."site_code" = t."code" and e."sets_state" and e."effective_on" <= $1::date
      order by e."effective_on" desc, e."seq" desc
      limit 1) as h on true
    left join lateral (
      select true as stands
      where h."effective_on" is null
        and coalesce(t."status_on", $1::date) <= $1::date
        and not exists (select 1 from "app"."mine_site_event" as e where e."site_code" = t."code" and e."sets_state")) as o on true) as f
    where f."geom" && ST_MakeEnvelope(q.west, q.south, q.east, q.north, 4490)
      and ((select c.touching from c) <= 20000 or f."id" in (
        select f."id"
        from "geo"."mine_site" as f
    where f."geom" && ST_MakeEnvelope(q.west, q.south, q.east, q.north, 4490)
        order by greatest(ST_XMax(box2d(f."geom")) - ST_XMin(box2d(f."geom")), ST_YMax(box2d(f."geom")) - ST_YMin(box2d(f."geom"))) desc, f."id"
        limit 20000))
    order by f."id") as s) as t;
