-- What stands in a layer and in the mine layers, for what an import may do.
-- $1 layer id. Indexes: dataset_layer, event_chain_pkey. Result: one row: has_sample and has_official (datasets of the layer
-- that stand), feature_count of them all, classification of its newest official one (or null), has_sample_mines, has_sites,
-- official_patches (count), has_official_events (or evidence).
with standing as (
  select d.id, d.layer_id, d.kind, d.classification, d.feature_count from app.dataset as d where d.removed_at is null
)
select
  exists (select 1 from standing as s where s.layer_id = $1 and s.kind = 'sample') as has_sample,
  exists (select 1 from standing as s where s.layer_id = $1 and s.kind = 'official') as has_official,
  coalesce((select sum(s.feature_count) from standing as s where s.layer_id = $1), 0)::integer as feature_count,
  (select s.classification from standing as s
    where s.layer_id = $1 and s.kind = 'official' order by s.id desc limit 1) as classification,
  exists (select 1 from standing as s where s.layer_id in ('mine_sites', 'mine_patches') and s.kind = 'sample') as has_sample_mines,
  exists (select 1 from geo.mine_site) as has_sites,
  coalesce((select sum(s.feature_count) from standing as s where s.layer_id = 'mine_patches' and s.kind = 'official'), 0)::integer
    as official_patches,
  exists (select 1 from app.event_chain as c join app.dataset as d on d.id = c.dataset_id
    where d.kind = 'official' and c.last_seq > 0)
    or exists (select 1 from app.attachment as t join geo.mine_site as s on s.code = t.site_code
      where s.data_kind = 'official') as has_official_events
