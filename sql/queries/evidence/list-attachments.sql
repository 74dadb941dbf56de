-- Purpose: attachments of one site, or certain ones. Parameters: $1 text site code, null: of any; $2 bigint[] ids, null: all.
-- Result: one row per attachment, newest first, withdrawn ones too; instants in ISO 8601 (UTC), lng and lat in degrees (EPSG:4490).
-- Index used: attachment_site, or attachment_pkey.
select a.id::text as id, a.site_code, a.kind, a.moment, a.purpose, a.file_name, a.sha256, a.byte_size::float8 as byte_size,
  a.media_type, a.width, a.height,
  to_char(a.taken_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as taken_at,
  ST_X(a.position) as lng, ST_Y(a.position) as lat, a.checks, a.period, a.uploaded_by_id, a.uploaded_by,
  to_char(a.uploaded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as uploaded_at,
  to_char(a.withdrawn_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as withdrawn_at
from app.attachment as a
where ($1::text is null or a.site_code = $1) and ($2::bigint[] is null or a.id = any ($2::bigint[]))
order by a.uploaded_at desc, a.id desc
