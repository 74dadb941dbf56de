-- Overlays and repair: the only place that calls GEOS functions which build new shapes from old ones.
-- Boundary: every other file asks these functions; the architecture test refuses the raw ones elsewhere.
--
-- The embedded engine loses GEOS exceptions: an overlay of an invalid shape, or without a grid of two nearly
-- coincident ones, gives no row and no error there. So inputs are proven valid first (error LT001 otherwise)
-- and every overlay is snap-rounded to a grid of 1e-9 degrees (about 0.1 mm), on which it cannot fail.

-- Whether every coordinate is a finite number. Asked before any GEOS function: with NaN even ST_IsValid is lost on the
-- embedded engine. Lengths are sums over all vertices, so one NaN or infinity makes them so (both exceed 1e300).
create or replace function app.is_finite(shape geometry) returns boolean
language sql immutable parallel safe strict as $$
  select ST_Perimeter(shape) + ST_Length(shape) < 1e300
$$;

-- Valid by OGC Simple Features, false where a coordinate is not finite. Null for null; empty geometry is valid.
create or replace function app.is_valid(shape geometry) returns boolean
language plpgsql immutable parallel safe strict as $$
begin
  return ST_IsEmpty(shape) or (app.is_finite(shape) and ST_IsValid(shape));
end $$;

-- The geometry itself. Raises LT001 when it is invalid; null and empty geometry pass.
create or replace function app.require_valid(shape geometry, role text) returns geometry
language plpgsql immutable parallel safe as $$
begin
  if not app.is_valid(shape) then
    raise exception 'invalid geometry (%) cannot be overlaid', role
      using errcode = 'LT001', hint = 'Repair the shape, for example with app.repair_polygon, and try again.';
  end if;
  return shape;
end $$;

-- What two shapes share, in their SRID (degrees); may be a collection of mixed dimension. Null if one is null.
create or replace function app.overlay_intersection(a geometry, b geometry) returns geometry
language plpgsql immutable parallel safe strict as $$
begin
  return ST_Intersection(app.require_valid(a, 'first'), app.require_valid(b, 'second'), 1e-9);
end $$;

-- What of `a` lies outside `b`, in their SRID (degrees). Null if one is null.
create or replace function app.overlay_difference(a geometry, b geometry) returns geometry
language plpgsql immutable parallel safe strict as $$
begin
  return ST_Difference(app.require_valid(a, 'first'), app.require_valid(b, 'second'), 1e-9);
end $$;

-- The union of all shapes, in their SRID (degrees). Nulls and empty shapes count for nothing; a single shape
-- comes back unchanged; null when nothing is left.
create or replace function app.overlay_union(shapes geometry[]) returns geometry
language plpgsql immutable parallel safe strict as $$
declare
  filled geometry[];
  shape geometry;
begin
  foreach shape in array shapes loop
    if shape is not null and not ST_IsEmpty(shape) then
      filled := filled || app.require_valid(shape, 'of a union');
    end if;
  end loop;
  if cardinality(filled) <= 1 then
    return filled[1];
  end if;
  return ST_UnaryUnion(ST_Collect(filled), 1e-9);
end $$;

-- Drops the form of former versions, which a call with one argument could mean as well.
drop function if exists app.repair_polygon(geometry, double precision);

-- A valid MultiPolygon in place of an invalid (multi)polygon; a valid one comes back unchanged (as multi).
-- Null where the repair would not be the same thing: another type, another number of parts, or a planar area that
-- differs from the one the rings enclose. Areas up to 0.1 m² (taken at the equator, where a square degree is largest) or one
-- millionth of the whole count as none: a part that small may go or is left out. So a nick in a long boundary is mended,
-- a bow-tie, parts that overlap and a hole beyond its shell are not.
create or replace function app.repair_polygon(shape geometry) returns geometry
language plpgsql immutable parallel safe strict as $$
declare
  part geometry;
  mended geometry;
  parts geometry[] := '{}';
  result geometry;
  negligible double precision;
begin
  if GeometryType(shape) not in ('POLYGON', 'MULTIPOLYGON') or ST_IsEmpty(shape) or not app.is_finite(shape) then
    return null;
  end if;
  if ST_IsValid(shape) then
    return ST_Multi(shape);
  end if;
  negligible := greatest(0.1 / 12364e6, 1e-6 * ST_Area(shape));
  for part in select (ST_Dump(shape)).geom loop
    continue when ST_IsEmpty(part);
    if ST_IsValid(part) then
      mended := part;
    else
      -- Of one polygon at a time, which is safe on every engine.
      mended := ST_CollectionExtract(ST_MakeValid(part, 'method=structure keepcollapsed=false'), 3);
    end if;
    continue when mended is null or ST_IsEmpty(mended);
    if not ST_IsValid(mended) then
      return null;
    end if;
    parts := parts || array(select d.geom from ST_Dump(mended) as d where ST_Area(d.geom) > negligible order by d.path);
  end loop;
  if cardinality(parts) = 0 then
    return null;
  end if;
  result := ST_Multi(case when cardinality(parts) = 1 then parts[1] else ST_Collect(parts) end);
  -- Valid parts side by side may still overlap.
  if not ST_IsValid(result) then
    return null;
  end if;
  if ST_NumGeometries(result) <> (select count(*) from ST_Dump(shape) as d where ST_Area(d.geom) > negligible)
    or abs(ST_Area(result) - ST_Area(shape)) > negligible then
    return null;
  end if;
  return result;
end $$;

-- What becomes of an overlay that must fail: 'error' where it is reported, 'no row' where it is lost. For the doctor.
create or replace function app.probe_overlay_fault() returns text
language plpgsql volatile as $$
declare
  shared geometry;
begin
  select ST_Intersection(
    'POLYGON((114 25,116 27,116 25,114 27,114 25))'::geometry,
    'POLYGON((114 25,114 26,116 26,116 25,114 25))'::geometry) into shared;
  return case when shared is null then 'no row' else 'a result' end;
exception when others then
  return 'error';
end $$;
