-- Purpose: a change set that is to be taken back, locked so that nobody takes it back at the same time.
-- Parameters: $1 bigint change set. Result: no row or one: kind, title, document_number, actor_id, undone_by_id as text.
-- Index used: change_set_pkey, change_set_undone_once.
select c.kind,
  c.title,
  c.document_number,
  c.actor_id,
  (select u.id from app.change_set as u where u.undoes_id = c.id)::text as undone_by_id
from app.change_set as c
where c.id = $1::bigint
for update of c
