-- What is kept for taking one import back. $1 dataset id. Primary key. Result: no row or one: kept (JSON).
select t.kept from stage.take_back as t where t.dataset_id = $1::bigint
