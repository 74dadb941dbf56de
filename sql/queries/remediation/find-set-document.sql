-- Purpose: the document of a change set. Parameters: $1 bigint change set, $2 text sha256.
-- Result: no row or one: sha256, file_name, media_type. Index used: change_set_document_pkey.
select d.sha256, d.file_name, d.media_type
from app.change_set_document as d
where d.change_set_id = $1::bigint and d.sha256 = $2::text
