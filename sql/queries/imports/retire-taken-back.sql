-- Marks datasets as taken back; their rows stay as history. $1 bigint[] ids. Primary key. Result: none.
update app.dataset set removed_at = now(), taken_back_at = now() where id = any ($1::bigint[])
