-- Purpose: an uploaded document becomes that of a change set.
-- Parameters: $1 bigint change set, $2 text account, $3 text sha256. Result: no row, where nothing was uploaded within the
-- hour, or one: bytes as text. Index used: uploaded_list_document_pkey.
insert into app.change_set_document (change_set_id, sha256, file_name, media_type, byte_size)
select $1::bigint, d.sha256, d.file_name, d.media_type, d.byte_size
from app.uploaded_list_document as d
where d.account_id = $2::text and d.sha256 = $3::text and d.uploaded_at >= now() - interval '1 hour'
returning byte_size::text as bytes
