-- Stores a mapping, over one of the same name. $1 name, $2 layer id, $3 JSON text. Primary key. Result: none.
insert into app.import_profile (name, layer_id, columns) values ($1, $2, $3::jsonb)
on conflict (name) do update
set layer_id = excluded.layer_id, columns = excluded.columns, updated_at = now()
