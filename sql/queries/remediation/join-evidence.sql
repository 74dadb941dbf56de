-- Purpose: evidence joined to the report it was brought along with; what belongs to an earlier one stays there.
-- Parameters: $1 bigint[] attachments, $2 bigint[] reports. Result: none. Index used: attachment_pkey.
update app.attachment as t
set report_id = n.report_id
from unnest($1::bigint[], $2::bigint[]) as n (id, report_id)
where t.id = n.id and t.report_id is null
