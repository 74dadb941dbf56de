-- Purpose: does an overlay of two given shapes give the right answer? For the doctor.
-- Parameters: $1 text, $2 text: EWKT polygons in EPSG:4490.
-- Result: share double precision: area shared, relative to the first shape. Raises LT001 for an invalid shape.
-- Index used: none.
select ST_Area(app.overlay_intersection($1::geometry, $2::geometry)) / ST_Area($1::geometry) as share;
