-- Lets datasets stand again with the counts they had. $1 bigint[] ids, $2 integer[] counts. Primary key. Result: none.
update app.dataset as d set removed_at = null, feature_count = k.feature_count
from unnest($1::bigint[], $2::integer[]) as k (id, feature_count)
where d.id = k.id
