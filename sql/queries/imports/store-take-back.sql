-- What taking an import back needs. $1 dataset id, $2 layer id, $3 JSON text. Result: none.
insert into stage.take_back (dataset_id, layer_id, kept) values ($1::bigint, $2, $3::jsonb)
