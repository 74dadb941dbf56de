-- Where the features of a layer come from.
-- $1 layer id. Result: one row per dataset that stands, newest first. Index: dataset_layer.
select d.kind, d.title, d.source, d.as_of::text as as_of, d.classification, d.position_doubt
from app.dataset as d
where d.layer_id = $1 and d.removed_at is null
order by d.id desc
