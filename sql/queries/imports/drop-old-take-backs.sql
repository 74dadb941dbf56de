-- Forgets what is kept of all but the newest imports of a layer. $1 layer id, $2 integer how many stay.
-- Result: dataset_id as text, kept (JSON that names their tables). Primary key.
delete from stage.take_back as t
where t.layer_id = $1 and t.dataset_id not in (
  select k.dataset_id from stage.take_back as k where k.layer_id = $1 order by k.dataset_id desc limit $2)
returning t.dataset_id::text as dataset_id, t.kept
