-- Forgets what is kept of one import. $1 dataset id. Primary key. Result: none.
delete from stage.take_back where dataset_id = $1::bigint
