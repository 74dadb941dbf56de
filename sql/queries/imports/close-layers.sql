-- Closes layers for anonymous readers. $1 text[] layer ids. Primary key. Result: layer_id of those that were open or had no row.
insert into app.layer_setting as s (layer_id, anonymous_read)
select l.id, false from unnest($1::text[]) as l (id)
on conflict (layer_id) do update set anonymous_read = false, changed_at = now() where s.anonymous_read
returning s.layer_id
