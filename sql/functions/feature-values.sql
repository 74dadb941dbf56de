-- Values of a feature that follow from others, set before each write of a layer table whatever the writer says:
-- ring order, geodesic area and length, anchor, data_kind, version, updated_at.
-- Boundary: null and invalid geometry are stored as they come, they only get fewer derived values; empty geometry
-- becomes null, the place is not known either way (PostGIS 3.3 and 3.6 differ on the envelope of an empty shape).
-- A coordinate that is no finite number is refused (error LT004): it could be answered to nobody.
-- The column types already guarantee 2D, multi-part and SRID 4490; a writer applies ST_Multi and ST_Force2D itself.
-- Trigger names sort as they must run: geometry first, then the stamp that compares old and new.

-- Geodesic area in m² on the CGCS2000 ellipsoid; null for null, empty or invalid geometry, which has no area.
-- Rounded to 0.01 m²: engines differ in the twelfth digit.
create or replace function app.geodesic_area_m2(shape geometry) returns double precision
language plpgsql immutable parallel safe strict as $$
begin
  if ST_IsEmpty(shape) or not app.is_valid(shape) then
    return null;
  end if;
  return round(ST_Area(shape::geography)::numeric, 2)::double precision;
end $$;

-- Geodesic length in m on the CGCS2000 ellipsoid, rounded to 0.01 m; null for null or empty geometry.
create or replace function app.geodesic_length_m(shape geometry) returns double precision
language plpgsql immutable parallel safe strict as $$
begin
  if ST_IsEmpty(shape) then
    return null;
  end if;
  return round(ST_Length(shape::geography)::numeric, 2)::double precision;
end $$;

-- A point inside the largest part; of an invalid shape a vertex of that part; null for null or empty geometry.
create or replace function app.anchor_of(shape geometry) returns geometry
language plpgsql immutable parallel safe strict as $$
declare
  part geometry;
begin
  select d.geom into part from ST_Dump(shape) as d
    where not ST_IsEmpty(d.geom) order by ST_Area(d.geom) desc, d.path limit 1;
  if part is null then
    return null;
  end if;
  if ST_IsValid(part) then
    return ST_PointOnSurface(part);
  end if;
  return ST_StartPoint(ST_ExteriorRing(part));
end $$;

-- The shape as it is stored: null when empty. Raises LT004 for a coordinate that is not a finite number.
create or replace function app.storable_shape(shape geometry) returns geometry
language plpgsql immutable parallel safe strict as $$
begin
  if ST_IsEmpty(shape) then
    return null;
  end if;
  if not app.is_finite(shape) then
    raise exception 'a coordinate is not a finite number' using errcode = 'LT004';
  end if;
  return shape;
end $$;

-- For tables with polygons in geom: rings counter-clockwise (RFC 7946), area_m2, anchor.
create or replace function app.derive_polygon_values() returns trigger
language plpgsql as $$
begin
  new.geom := ST_ForcePolygonCCW(app.storable_shape(new.geom));
  if tg_op = 'UPDATE' and new.geom is not distinct from old.geom then
    new.area_m2 := old.area_m2;
    new.anchor := old.anchor;
  else
    new.area_m2 := app.geodesic_area_m2(new.geom);
    new.anchor := app.anchor_of(new.geom);
  end if;
  return new;
end $$;

-- For tables with lines in geom: length_m.
create or replace function app.derive_line_values() returns trigger
language plpgsql as $$
begin
  new.geom := app.storable_shape(new.geom);
  new.length_m := app.geodesic_length_m(new.geom);
  return new;
end $$;

-- For corridors, whose length is that of their axis.
create or replace function app.derive_axis_values() returns trigger
language plpgsql as $$
begin
  new.axis := app.storable_shape(new.axis);
  new.length_m := app.geodesic_length_m(new.axis);
  return new;
end $$;

-- data_kind as the dataset says; on update version + 1 and updated_at, but only when the row really changed.
create or replace function app.stamp_feature() returns trigger
language plpgsql as $$
begin
  select d.kind into new.data_kind from app.dataset as d where d.id = new.dataset_id;
  -- Without a dataset the foreign key gives the message, so let the row pass the not-null check.
  new.data_kind := coalesce(new.data_kind, 'official');
  if tg_op = 'UPDATE' then
    new.version := old.version;
    new.updated_at := old.updated_at;
    -- Generated columns are empty in a before trigger; what is put here is only for the comparison.
    if tg_table_name = 'mine_site' then
      new.phase := old.phase;
    elsif tg_table_name = 'county' then
      new.county_adcode := old.county_adcode;
    end if;
    if new is distinct from old then
      new.version := old.version + 1;
      new.updated_at := now();
    end if;
  end if;
  return new;
end $$;

create or replace trigger feature_1_geometry before insert or update on geo.county
  for each row execute function app.derive_polygon_values();
create or replace trigger feature_9_stamp before insert or update on geo.county
  for each row execute function app.stamp_feature();
create or replace trigger feature_1_geometry before insert or update on geo.ecological_red_line
  for each row execute function app.derive_polygon_values();
create or replace trigger feature_9_stamp before insert or update on geo.ecological_red_line
  for each row execute function app.stamp_feature();
create or replace trigger feature_1_geometry before insert or update on geo.permanent_basic_farmland
  for each row execute function app.derive_polygon_values();
create or replace trigger feature_9_stamp before insert or update on geo.permanent_basic_farmland
  for each row execute function app.stamp_feature();
create or replace trigger feature_1_geometry before insert or update on geo.urban_growth_boundary
  for each row execute function app.derive_polygon_values();
create or replace trigger feature_9_stamp before insert or update on geo.urban_growth_boundary
  for each row execute function app.stamp_feature();
create or replace trigger feature_1_geometry before insert or update on geo.water_source_protection_area
  for each row execute function app.derive_polygon_values();
create or replace trigger feature_9_stamp before insert or update on geo.water_source_protection_area
  for each row execute function app.stamp_feature();
create or replace trigger feature_1_geometry before insert or update on geo.mine_site
  for each row execute function app.derive_polygon_values();
create or replace trigger feature_9_stamp before insert or update on geo.mine_site
  for each row execute function app.stamp_feature();
create or replace trigger feature_1_geometry before insert or update on geo.mine_patch
  for each row execute function app.derive_polygon_values();
create or replace trigger feature_9_stamp before insert or update on geo.mine_patch
  for each row execute function app.stamp_feature();
create or replace trigger feature_1_geometry before insert or update on geo.protected_area
  for each row execute function app.derive_polygon_values();
create or replace trigger feature_9_stamp before insert or update on geo.protected_area
  for each row execute function app.stamp_feature();
create or replace trigger feature_1_geometry before insert or update on geo.wetland_park
  for each row execute function app.derive_polygon_values();
create or replace trigger feature_9_stamp before insert or update on geo.wetland_park
  for each row execute function app.stamp_feature();
create or replace trigger feature_1_geometry before insert or update on geo.biodiversity_corridor
  for each row execute function app.derive_polygon_values();
create or replace trigger feature_2_axis before insert or update on geo.biodiversity_corridor
  for each row execute function app.derive_axis_values();
create or replace trigger feature_9_stamp before insert or update on geo.biodiversity_corridor
  for each row execute function app.stamp_feature();
create or replace trigger feature_1_geometry before insert or update on geo.river
  for each row execute function app.derive_line_values();
create or replace trigger feature_9_stamp before insert or update on geo.river
  for each row execute function app.stamp_feature();
