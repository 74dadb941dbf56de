-- Purpose: where each chain of events stands, and which sites were recorded in it since a position.
-- Parameters: $1 bigint[] chains (dataset ids), $2 bigint[] the sequence each was read to, in the same order;
-- $3 integer how many events of a chain are looked at.
-- Result: one row a chain: chain text, seq text, since bigint or null (the position; null: not known before), codes jsonb
-- (array of text, the first $3 events).
-- Index used: primary keys.
select c.dataset_id::text as chain, c.last_seq::text as seq, p.seq::text as since,
  (select coalesce(jsonb_agg(distinct v.site_code), '[]'::jsonb)
    from (
      select e.site_code
      from app.mine_site_event as e
      where e.dataset_id = c.dataset_id and e.seq > p.seq
      order by e.seq
      limit $3::integer) as v) as codes
from app.event_chain as c
left join unnest($1::bigint[], $2::bigint[]) as p (chain, seq) on p.chain = c.dataset_id
order by c.dataset_id;
