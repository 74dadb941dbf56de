-- On how many sites of a dataset events were recorded since the chains stood as told, or evidence was uploaded since it came.
-- $1 dataset id, $2 bigint[] chains by dataset, $3 bigint[] their last seq then. Indexes: mine_site_dataset,
-- mine_site_event_site, attachment_site. Result: sites.
select count(*)::integer as sites
from geo.mine_site as s
join app.dataset as d on d.id = s.dataset_id
where s.dataset_id = $1::bigint
  and (
    exists (
      select 1
      from app.mine_site_event as e
      left join unnest($2::bigint[], $3::bigint[]) as c (dataset_id, last_seq) on c.dataset_id = e.dataset_id
      where e.site_code = s.code and e.seq > coalesce(c.last_seq, 0))
    or exists (select 1 from app.attachment as t where t.site_code = s.code and t.uploaded_at > d.created_at))
