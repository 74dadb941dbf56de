-- Purpose: revision of every layer, and of the list of datasets, for cache keys.
-- Parameters: none. Result: (layer_id text, revision text); layer_id '' is the list of datasets.
-- Index used: primary keys; both tables are small.
select r.layer_id, r.revision::text as revision
from app.layer_revision as r
union all
select '', count(*)::text || '.' || coalesce(max(d.id), 0)::text || '.' || count(d.removed_at)::text
from app.dataset as d;
