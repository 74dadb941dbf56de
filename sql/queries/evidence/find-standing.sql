-- Purpose: the attachment that stands for the same file and purpose. Parameters: $1 text site code; $2 sha256; $3 moment;
-- $4 purpose; $5 period. Result: no row or one with its id. Index used: attachment_once.
select a.id::text as id
from app.attachment as a
where a.site_code = $1 and a.sha256 = $2 and a.withdrawn_at is null
  and coalesce(a.moment, '') = coalesce($3::text, '')
  and coalesce(a.purpose, '') = coalesce($4::text, '')
  and coalesce(a.period, '') = coalesce($5::text, '')
