-- Values of a feature that follow from others, set before each write of a layer table whatever the writer says:
-- ring order, geodesic area and length, anchor, data_kind, version, updated_at.
-- Rows of an import and rows taken back bring them along, computed by the same functions (app.comes_measured).
-- Boundary: null and invalid geometry are stored as they come, they only get fewer derived values; empty geometry
-- becomes null, the place is not known either way (PostGIS 3.3 and 3.6 differ on the envelope of an empty shape).
-- A coordinate that is no finite number is refused (error LT004): it could be answered to nobody.
-- The column types already guarantee 2D, multi-part and SRID 4490; a writer applies ST_Multi and ST_Force2D itself.
-- Trigger names sort as they must run: geometry first, then the stamp that compares old and new.

-- Geodesic area in m² on the CGCS2000 ellipsoid of a shape known to be valid; null for null.
-- Rounded to 0.01 m²: engines differ in the twelfth digit.
create or replace function app.area_of_valid_m2(shape geometry) returns double precision
language sql immutable parallel safe strict as $$
  select round(ST_Area(shape::geography)::numeric, 2)::double precision
$$;

-- As app.area_of_valid_m2 of any shape: null for empty or invalid geometry, which has no area.
create or replace function app.geodesic_area_m2(shape geometry) returns double precision
language plpgsql immutable parallel safe strict as $$
begin
  if ST_IsEmpty(shape) or not app.is_valid(shape) then
    return null;
  end if;
  return app.area_of_valid_m2(shape);
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

-- As app.anchor_of, for a shape known to be valid.
create or replace function app.anchor_of_valid(shape geometry) returns geometry
language sql immutable parallel safe strict as $$
  select case when ST_NumGeometries(shape) = 1 then ST_PointOnSurface(ST_GeometryN(shape, 1)) else app.anchor_of(shape) end
$$;

-- Whether the values that follow from a shape came with the row: an import stages its rows, where each shape is judged and
-- measured once, and names the table it fills (or, taking an import back, 'former' and the table) for its own statements
-- only. Nobody else may set this.
create or replace function app.comes_measured(table_name name) returns boolean
language sql stable as $$
  select coalesce(current_setting('lantu.measured_rows_of', true), '') in (table_name, 'former ' || table_name)
$$;

-- Whether the row stood before and is put back as it was, with its kind and its dates.
create or replace function app.comes_back(table_name name) returns boolean
language sql stable as $$
  select coalesce(current_setting('lantu.measured_rows_of', true), '') = 'former ' || table_name
$$;

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
  if app.comes_measured(tg_table_name) then
    return new;
  end if;
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
  if app.comes_measured(tg_table_name) then
    return new;
  end if;
  new.geom := app.storable_shape(new.geom);
  new.length_m := app.geodesic_length_m(new.geom);
  return new;
end $$;

-- For corridors, whose length is that of their axis.
create or replace function app.derive_axis_values() returns trigger
language plpgsql as $$
begin
  if app.comes_measured(tg_table_name) then
    return new;
  end if;
  new.axis := app.storable_shape(new.axis);
  new.length_m := app.geodesic_length_m(new.axis);
  return new;
end $$;

-- data_kind as the dataset says; on update version + 1 and updated_at, but only when the row really changed.
create or replace function app.stamp_feature() returns trigger
language plpgsql as $$
begin
  if app.comes_back(tg_table_name) or (tg_op = 'INSERT' and app.comes_measured(tg_table_name)) then
    return new;
  end if;
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
    -- An event raises the version of its site even where it leaves the values: see mine-site-events.sql.
    if new is distinct from old
      or (tg_table_name = 'mine_site' and current_setting('lantu.marking_sites', true) = 'on') then
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
