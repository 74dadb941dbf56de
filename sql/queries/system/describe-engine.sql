-- Purpose: versions and size of the database, for the doctor.
-- Parameters: none. Result: one row. Index: none.
select
  current_setting('server_version') as postgres,
  PostGIS_Lib_Version() as postgis,
  pg_database_size(current_database())::text as bytes;
