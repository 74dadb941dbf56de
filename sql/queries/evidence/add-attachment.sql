-- Purpose: adds one photo or document, unless it stands already for the same purpose.
-- Parameters: $1 text site code; $2 kind; $3 moment; $4 purpose; $5 file name; $6 sha256; $7 bytes; $8 media type;
-- $9, $10 width and height in pixels; $11 timestamptz taken at; $12, $13 float8 longitude and latitude (EPSG:4490), null:
-- none; $14 likeness; $15 jsonb checks; $16 period; $17, $18 id and name of who sent it.
-- Result: one row with its id; none where it stood. Index used: attachment_once.
insert into app.attachment as a (site_code, kind, moment, purpose, file_name, sha256, byte_size, media_type, width, height,
  taken_at, position, likeness, checks, period, uploaded_by_id, uploaded_by)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,
  case when $12::float8 is not null then ST_SetSRID(ST_MakePoint($12::float8, $13::float8), 4490) end,
  $14, $15::jsonb, $16, $17, $18)
on conflict (site_code, sha256, (coalesce(moment, '')), (coalesce(purpose, '')), (coalesce(period, '')))
  where withdrawn_at is null do nothing
returning a.id::text as id
