-- Purpose: evidence of some sites: what is named, and what already belongs to reports.
-- Parameters: $1 text[] sites; $2 bigint[] ids of attachments; $3 bigint[] ids of reports.
-- Result: id, site_code, report_id, kind, moment, purpose, sha256, is_doubtful; withdrawn ones are left out.
-- Index used: attachment_site.
select t.id::text as id,
  t.site_code,
  t.report_id::text as report_id,
  t.kind,
  t.moment,
  t.purpose,
  t.sha256,
  exists (
    select 1 from jsonb_array_elements(t.checks) as c
    where c ->> 'id' not in ('place_ok', 'no_location')) as is_doubtful
from app.attachment as t
where t.site_code = any ($1::text[])
  and (t.id = any ($2::bigint[]) or t.report_id = any ($3::bigint[]))
  and t.withdrawn_at is null
order by t.id
