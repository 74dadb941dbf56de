-- Purpose: evidence joined to the report it was brought along with.
-- Parameters: $1 bigint[] attachments, $2 bigint[] reports. Result: none. Index used: attachment_pkey.
update app.attachment as t
set report_id = n.report_id, period = r.period
from unnest($1::bigint[], $2::bigint[]) as n (id, report_id)
join app.mine_site_report as r on r.id = n.report_id
where t.id = n.id
