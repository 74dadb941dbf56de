-- Every dataset there ever was, newest first. No parameters. Primary key, read backwards.
-- Result: id as text, layer_id, kind, mode, title, source_file, as_of, feature_count, created_at (ISO, UTC), state.
select d.id::text as id, d.layer_id, d.kind, d.mode, d.title, d.source_file, d.as_of::text as as_of, d.feature_count,
  to_char(d.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as created_at,
  case when d.taken_back_at is not null then 'taken-back' when d.removed_at is not null then 'replaced' else 'current' end as state
from app.dataset as d
order by d.id desc
