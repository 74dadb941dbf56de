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

-- A valid MultiPolygon in place of an invalid (multi)polygon; a valid one comes back unchanged (as multi).
-- Null where the repair would not be the same thing: another type, nothing left, a part lost, or an area that
-- differs by more than `tolerance` (share of the larger) from the one the rings enclose. A real bow-tie
-- is refused by the default, a nick in a long boundary is repaired.
create or replace function app.repair_polygon(shape geometry, tolerance double precision default 0.01)
returns geometry
language plpgsql immutable parallel safe strict as $$
declare
  part geometry;
  repaired geometry;
  parts geometry[] := '{}';
  result geometry;
begin
  if GeometryType(shape) not in ('POLYGON', 'MULTIPOLYGON') or ST_IsEmpty(shape) then
    return null;
  end if;
  if not app.is_finite(shape) then
    return null;
  end if;
  if ST_IsValid(shape) then
    return ST_Multi(shape);
  end if;
  for part in select (ST_Dump(shape)).geom loop
    repaired := case when ST_IsValid(part) then part
      else ST_CollectionExtract(ST_MakeValid(part, 'method=structure keepcollapsed=false'), 3) end;
    if repaired is null or ST_IsEmpty(repaired) or not ST_IsValid(repaired) then
      return null;
    end if;
    parts := parts || repaired;
  end loop;
  result := ST_Multi(app.overlay_union(parts));
  if GeometryType(result) <> 'MULTIPOLYGON' or not ST_IsValid(result)
    or abs(ST_Area(result) - ST_Area(shape)) > tolerance * greatest(ST_Area(result), ST_Area(shape)) then
    return null;
  end if;
  return result;
end $$;
