-- Removes everything synthetic: features, events with their chains, and campaigns of datasets of kind 'sample'. The
-- dataset rows stay, marked as removed, and app.audit keeps what was taken away by whom.
-- Boundary: official rows are never touched; where one hangs on a sample row, nothing is cleared (error LT005).
-- The only way to remove events; security definer so that the service may call it without the right to delete them.

-- Returns the number of rows removed by table, for example {"geo.mine_site": 535, "app.mine_site_event": 4210}.
create or replace function app.clear_sample(actor text default 'system') returns jsonb
language plpgsql security definer set search_path from current as $$
declare
  sample_ids bigint[] := array(select d.id from app.dataset as d where d.kind = 'sample' and d.removed_at is null);
  official_patches bigint;
  layer_table regclass;
  removed bigint;
  counts jsonb := '{}';
begin
  select count(*) into official_patches
    from geo.mine_patch as p join geo.mine_site as s on s.code = p.site_code
    where s.dataset_id = any (sample_ids) and p.dataset_id <> all (sample_ids);
  if official_patches > 0 then
    raise exception '% official mine patches belong to sample sites', official_patches
      using errcode = 'LT005', hint = 'Import the official mine sites first, then clear the sample.';
  end if;

  perform set_config('lantu.clearing_sample', 'on', true);
  delete from app.mine_site_event where dataset_id = any (sample_ids);
  get diagnostics removed = row_count;
  counts := counts || jsonb_build_object('app.mine_site_event', removed);
  delete from app.event_chain where dataset_id = any (sample_ids);
  perform set_config('lantu.clearing_sample', '', true);

  delete from app.campaign where dataset_id = any (sample_ids);
  get diagnostics removed = row_count;
  counts := counts || jsonb_build_object('app.campaign', removed);

  -- Patches before their sites, else the cascade would take them uncounted.
  for layer_table in
    select a.attrelid::regclass
    from pg_attribute as a join pg_class as c on c.oid = a.attrelid
    where c.relnamespace = 'geo'::regnamespace and c.relkind = 'r' and a.attname = 'dataset_id'
    order by c.relname <> 'mine_patch', c.relname
  loop
    execute format('delete from %s where dataset_id = any ($1)', layer_table) using sample_ids;
    get diagnostics removed = row_count;
    if removed > 0 then
      counts := counts || jsonb_build_object(layer_table::text, removed);
    end if;
  end loop;

  update app.dataset set removed_at = now(), feature_count = 0 where id = any (sample_ids);
  insert into app.audit (actor, action, subject, detail) values (actor, 'clear-sample', 'sample', counts);
  return counts;
end $$;

-- Of the sample only the mine sites with their patches, events and chain, to make room for official ones; campaigns stay,
-- for their base is the plan's. Refused like app.clear_sample (LT005). Security definer for the same reason.
-- Returns the number of rows removed by table; an empty object where there is no such sample.
create or replace function app.clear_sample_mines(actor text) returns jsonb
language plpgsql security definer set search_path from current as $$
declare
  sample_ids bigint[] := array(select d.id from app.dataset as d
    where d.kind = 'sample' and d.removed_at is null and d.layer_id in ('mine_sites', 'mine_patches'));
  removed bigint;
  counts jsonb := '{}';
begin
  if cardinality(sample_ids) = 0 then
    return counts;
  end if;
  if exists (select 1 from geo.mine_patch as p join geo.mine_site as s on s.code = p.site_code
      where s.dataset_id = any (sample_ids) and p.dataset_id <> all (sample_ids)) then
    raise exception 'official mine patches belong to sample sites' using errcode = 'LT005';
  end if;
  perform set_config('lantu.clearing_sample', 'on', true);
  delete from app.mine_site_event where dataset_id = any (sample_ids);
  get diagnostics removed = row_count;
  counts := counts || jsonb_build_object('app.mine_site_event', removed);
  delete from app.event_chain where dataset_id = any (sample_ids);
  perform set_config('lantu.clearing_sample', '', true);
  select count(*) into removed from geo.mine_patch where dataset_id = any (sample_ids);
  counts := counts || jsonb_build_object('geo.mine_patch', removed);
  -- Patches and listings in campaigns go with their sites; patches first would reshape each site before it goes.
  delete from geo.mine_site where dataset_id = any (sample_ids);
  get diagnostics removed = row_count;
  counts := counts || jsonb_build_object('geo.mine_site', removed);
  update app.dataset set removed_at = now() where id = any (sample_ids);
  insert into app.audit (actor, action, subject, detail) values (actor, 'clear-sample', 'mine_sites', counts);
  return counts;
end $$;
