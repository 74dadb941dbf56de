-- Purpose: who may read a layer without an account, with its trace.
-- Parameters: $1 layer id, $2 boolean or null (null: by definition again), $3 actor. Result: none.
-- Index used: layer_setting_pkey.
with stored as (
  insert into app.layer_setting (layer_id, anonymous_read)
  select $1::text, $2::boolean where $2::boolean is not null
  on conflict (layer_id) do update set anonymous_read = excluded.anonymous_read, changed_at = now()
),
removed as (
  delete from app.layer_setting where layer_id = $1::text and $2::boolean is null
)
insert into app.audit (actor, action, subject, detail)
values ($3::text, 'set-anonymous-read', $1::text, jsonb_build_object('anonymousRead', $2::boolean));
