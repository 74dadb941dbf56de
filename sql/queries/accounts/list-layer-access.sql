-- Purpose: what decides about reading each layer without an account, and how its data is classified.
-- Parameters: $1 layer ids as text[]. Result: (layer_id text, anonymous_read boolean or null, has_official_data boolean,
-- classifications text[] of the official datasets that stand). Index used: layer_setting_pkey, dataset_layer.
select asked.layer_id,
  s.anonymous_read,
  count(d.id) > 0 as has_official_data,
  coalesce(array_agg(distinct d.classification) filter (where d.id is not null), '{}') as classifications
from unnest($1::text[]) as asked (layer_id)
left join app.layer_setting as s on s.layer_id = asked.layer_id
left join app.dataset as d
  on d.layer_id = asked.layer_id and d.removed_at is null and d.kind = 'official'
group by asked.layer_id, s.anonymous_read;
