-- Purpose: a CRS in WKT. Parameters: $1 integer SRID. Result: one row, or none for a CRS the database does not know.
select s.srtext as wkt from spatial_ref_sys as s where s.srid = $1::integer;
