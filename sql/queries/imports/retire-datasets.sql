-- Marks these datasets as replaced; their rows stay as history. $1 bigint[] ids. Primary key. Result: none.
update app.dataset set removed_at = now() where id = any ($1::bigint[])
