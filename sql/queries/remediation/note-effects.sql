-- Purpose: which event a report took effect by.
-- Parameters: $1 bigint[] reports, $2 bigint[] seqs of their events. Result: none. Index used: mine_site_report_pkey.
update app.mine_site_report as r
set effect_seq = n.seq
from unnest($1::bigint[], $2::bigint[]) as n (id, seq)
where r.id = n.id
