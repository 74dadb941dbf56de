-- The dataset of sites with which a dataset of patches was imported. $1 id of the patches. Small table, no index.
-- Result: no row or one: dataset_id as text.
select t.dataset_id::text as dataset_id from stage.take_back as t where t.kept ->> 'patchesDatasetId' = $1::text
