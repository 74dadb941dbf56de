-- Purpose: evidence that was uploaded for the report of a month, or for what its steps need, and belongs to no report yet.
-- Parameters: $1 text[] sites, $2 text month, $3 text[] requirements. Result: site_code, id as text.
-- Index used: attachment_site.
select t.site_code, t.id::text as id
from app.attachment as t
where t.site_code = any ($1::text[])
  and t.report_id is null
  and t.withdrawn_at is null
  and (t.period = $2::text or (t.period is null and t.purpose = any ($3::text[])))
order by t.site_code, t.id
