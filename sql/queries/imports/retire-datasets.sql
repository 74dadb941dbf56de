-- Marks the datasets of a layer as replaced; their rows stay as its history.
-- $1 layer id. Index: dataset_layer. Result: number of datasets, and of them samples.
with retired as (
  update app.dataset set removed_at = now()
  where layer_id = $1 and removed_at is null
  returning kind
)
select count(*)::integer as datasets, count(*) filter (where kind = 'sample')::integer as samples from retired
