-- Purpose: reports as they stand before a change set, so that taking it back gives them back. Sites changed between this
-- and their lock are refused by their version.
-- Parameters: $1 bigint change set; one array each: $2 text sites, $3 text months. Result: none.
-- Index used: mine_site_report_once.
insert into app.change_set_report (change_set_id, site_code, period, former)
select $1::bigint, n.code, n.period, to_jsonb(r)
from unnest($2::text[], $3::text[]) as n (code, period)
left join app.mine_site_report as r on r.site_code = n.code and r.period = n.period
