-- On how many sites of a dataset events were recorded since the chains stood as told.
-- $1 dataset id, $2 bigint[] chains by dataset, $3 bigint[] their last seq then. Indexes: mine_site_dataset,
-- mine_site_event_as_of. Result: sites.
select count(distinct s.code)::integer as sites
from geo.mine_site as s
join app.mine_site_event as e on e.site_code = s.code
left join unnest($2::bigint[], $3::bigint[]) as c (dataset_id, last_seq) on c.dataset_id = e.dataset_id
where s.dataset_id = $1::bigint and e.seq > coalesce(c.last_seq, 0)
