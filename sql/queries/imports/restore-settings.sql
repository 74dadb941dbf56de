-- Gives layers their former setting, or none where they had none. $1 text[] layer ids, $2 boolean[] anonymous reading or null.
-- Primary key. Result: none.
with former as (
  select k.layer_id, k.anonymous_read from unnest($1::text[], $2::boolean[]) as k (layer_id, anonymous_read)
), gone as (
  delete from app.layer_setting as s using former as f where s.layer_id = f.layer_id and f.anonymous_read is null
)
update app.layer_setting as s set anonymous_read = f.anonymous_read, changed_at = now()
from former as f where s.layer_id = f.layer_id and s.anonymous_read <> f.anonymous_read
