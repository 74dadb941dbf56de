-- Purpose: every dataset that has not been removed, newest first within its layer.
-- Parameters: none. Result: one row per dataset. Index used: dataset_layer.
select d.id::text as id,
  d.layer_id,
  d.kind,
  d.title,
  d.source,
  d.as_of::text as as_of,
  d.classification,
  d.feature_count,
  to_char(d.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as created_at,
  d.source_crs,
  d.source_encoding,
  d.source_file,
  d.position_doubt
from app.dataset as d
where d.removed_at is null
order by d.layer_id, d.id desc;
