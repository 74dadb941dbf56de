-- Saved mappings of columns to fields. No parameters. Result: name, layer_id, columns (JSON). Small table, no index.
select p.name, p.layer_id, p.columns from app.import_profile as p order by p.layer_id, p.name
