-- Purpose: marks an attachment as withdrawn; row and file stay. Parameters: $1 bigint id; $2 text who.
-- Result: no row where it was withdrawn already, else one: site_code. Index used: attachment_pkey.
update app.attachment as a
set withdrawn_at = now(), withdrawn_by = $2
where a.id = $1::bigint and a.withdrawn_at is null
returning a.site_code
