-- Purpose: revision of every layer, and of what is no layer but part of answers, for cache keys; and beside it, as of
-- the same moment, what decides about reading a layer without an account.
-- Parameters: none. Result: one row, (state text): a JSON array of [layer_id, revision as text, anonymous_read or null,
-- has_official_data] by layer_id; equal texts are equal states. layer_id '' stands for datasets, events and campaigns.
-- Index used: primary keys, dataset_layer; all tables read are small.
select json_agg(json_build_array(l.layer_id, l.revision, l.anonymous_read, l.has_official_data) order by l.layer_id)::text as state
from (
  select coalesce(r.layer_id, s.layer_id) as layer_id,
    coalesce(r.revision, 0)::text as revision,
    s.anonymous_read,
    exists (
      select 1 from app.dataset as d
      where d.layer_id = coalesce(r.layer_id, s.layer_id) and d.removed_at is null and d.kind = 'official'
    ) as has_official_data
  from app.layer_revision as r
  full join app.layer_setting as s on s.layer_id = r.layer_id
  union all
  select '',
    concat_ws('.',
      (select count(*) || '-' || coalesce(max(d.id), 0) || '-' || count(d.removed_at) from app.dataset as d),
      (select coalesce(sum(c.last_seq), 0) from app.event_chain as c),
      (select count(*) || '-' || coalesce(max(p.id), 0) from app.campaign as p),
      (select count(*) from app.reporting_unit as u)),
    null,
    false) as l;
