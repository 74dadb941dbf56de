-- Purpose: revision of every layer, and of what is no layer but part of answers, for cache keys.
-- Parameters: none. Result: (layer_id text, revision text); layer_id '' stands for datasets, events and campaigns.
-- Index used: primary keys; all tables read are small.
select r.layer_id, r.revision::text as revision
from app.layer_revision as r
union all
select '',
  concat_ws('.',
    (select count(*) || '-' || coalesce(max(d.id), 0) || '-' || count(d.removed_at) from app.dataset as d),
    (select coalesce(sum(c.last_seq), 0) from app.event_chain as c),
    (select count(*) || '-' || coalesce(max(p.id), 0) from app.campaign as p),
    (select count(*) from app.reporting_unit as u));
