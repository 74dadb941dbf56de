-- Purpose: the next level has opened a report; after that it is not withdrawn. Once opened it stays so.
-- Parameters: $1 bigint report, $2 text name of who opened it. Result: none. Index used: mine_site_report_pkey.
update app.mine_site_report as r
set opened_at = statement_timestamp(), opened_by = $2::text
where r.id = $1::bigint and r.opened_at is null
