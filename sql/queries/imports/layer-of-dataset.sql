-- The layer of a dataset. $1 id. Primary key. Result: no row or one: layer_id.
select d.layer_id from app.dataset as d where d.id = $1::bigint
