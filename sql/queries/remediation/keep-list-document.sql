-- Purpose: a document uploaded for lists its account makes within the hour; those of hours past are forgotten.
-- Parameters: $1 text account, $2 text sha256, $3 text file name, $4 text media type, $5 bigint bytes. Result: none.
-- Index used: uploaded_list_document_pkey.
with forgotten as (
  delete from app.uploaded_list_document as o
  where o.uploaded_at < now() - interval '1 hour' and (o.account_id, o.sha256) <> ($1::text, $2::text))
insert into app.uploaded_list_document as d (account_id, sha256, file_name, media_type, byte_size)
values ($1::text, $2::text, $3::text, $4::text, $5::bigint)
on conflict on constraint uploaded_list_document_pkey do update
set file_name = excluded.file_name, media_type = excluded.media_type, uploaded_at = excluded.uploaded_at
