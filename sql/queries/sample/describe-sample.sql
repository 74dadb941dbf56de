-- The sample datasets the database holds.
-- No parameters. Result: layer_id, title, feature_count, as_of (YYYY-MM-DD). Small table, no index.
select d.layer_id, d.title, d.feature_count, to_char(d.as_of, 'YYYY-MM-DD') as as_of
from app.dataset as d
where d.kind = 'sample' and d.removed_at is null
order by d.id
