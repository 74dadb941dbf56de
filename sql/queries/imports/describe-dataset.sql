-- What decides whether a dataset can be taken back.
-- $1 id, $2 text[] layers of its family. Primary key, read from $1 on. Result: layer_id, kind, is_replaced, is_taken_back,
-- feature_count, later_id: the newest later import of the family that was not taken back (patches that came with these
-- very sites do not count), as text, or null.
select d.layer_id, d.kind, d.removed_at is not null as is_replaced, d.taken_back_at is not null as is_taken_back, d.feature_count,
  (select max(l.id)::text from app.dataset as l
    where l.layer_id = any ($2::text[]) and l.id > d.id and l.kind = 'official' and l.taken_back_at is null
      and l.id::text is distinct from (select t.kept ->> 'patchesDatasetId' from stage.take_back as t where t.dataset_id = d.id))
    as later_id
from app.dataset as d
where d.id = $1::bigint
