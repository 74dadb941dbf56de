-- The datasets of these layers that stand, as they are before an import.
-- $1 text[] layer ids. Index: dataset_layer. Result: id as text, layer_id, kind, feature_count.
select d.id::text as id, d.layer_id, d.kind, d.feature_count
from app.dataset as d where d.layer_id = any ($1::text[]) and d.removed_at is null order by d.id
