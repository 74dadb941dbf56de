-- A new dataset without features.
-- $1 layer, $2 kind, $3 title, $4 source, $5 as-of date, $6 classification, $7–$10 file name, sha256, CRS, encoding (or null),
-- $11 mode, $12 position doubt (or null). Result: id as text.
insert into app.dataset (layer_id, kind, title, source, as_of, classification,
                         source_file, source_sha256, source_crs, source_encoding, mode, position_doubt)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
returning id::text as id
