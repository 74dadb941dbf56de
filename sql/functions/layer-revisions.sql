-- Revision of a layer: rises in the transaction that changes the layer or its datasets, so that whoever reads it in
-- one snapshot with the data can key a cache by it and never serve stale bytes.
-- Boundary: only these triggers write app.layer_revision. A statement that touches no row raises it too: harmless.
-- Lock order for writers: event chain first, then features, because the revision row stays locked until COMMIT.
-- Other processes learn of it by NOTIFY lantu_revision (payload: layer id); on the embedded engine nobody listens.

create or replace function app.raise_layer_revision(changed_layer_id text) returns void
language plpgsql as $$
begin
  insert into app.layer_revision as r (layer_id) values (changed_layer_id)
    on conflict (layer_id) do update set revision = r.revision + 1, changed_at = now();
  perform pg_notify('lantu_revision', changed_layer_id);
end $$;

-- Statement trigger of a layer table; the argument is the layer id.
create or replace function app.layer_table_changed() returns trigger
language plpgsql as $$
begin
  perform app.raise_layer_revision(tg_argv[0]);
  return null;
end $$;

-- A dataset gives its layer title, source, date and kind, all of them part of answers.
-- Kind and layer never change, because features carry a copy of the kind.
create or replace function app.dataset_changed() returns trigger
language plpgsql as $$
begin
  if tg_op = 'UPDATE' and (new.kind, new.layer_id) is distinct from (old.kind, old.layer_id) then
    raise exception 'kind and layer of dataset % cannot change', old.id
      using errcode = 'LT003', hint = 'Import the data again as a new dataset.';
  end if;
  perform app.raise_layer_revision(case when tg_op = 'DELETE' then old.layer_id else new.layer_id end);
  return null;
end $$;

create or replace trigger dataset_revision after insert or update or delete on app.dataset
  for each row execute function app.dataset_changed();
create or replace trigger layer_revision after insert or update or delete or truncate on geo.county
  for each statement execute function app.layer_table_changed('counties');
create or replace trigger layer_revision after insert or update or delete or truncate on geo.river
  for each statement execute function app.layer_table_changed('rivers');
create or replace trigger layer_revision after insert or update or delete or truncate on geo.ecological_red_line
  for each statement execute function app.layer_table_changed('ecological_red_lines');
create or replace trigger layer_revision after insert or update or delete or truncate on geo.permanent_basic_farmland
  for each statement execute function app.layer_table_changed('permanent_basic_farmland');
create or replace trigger layer_revision after insert or update or delete or truncate on geo.urban_growth_boundary
  for each statement execute function app.layer_table_changed('urban_growth_boundaries');
create or replace trigger layer_revision after insert or update or delete or truncate on geo.water_source_protection_area
  for each statement execute function app.layer_table_changed('water_source_protection_areas');
create or replace trigger layer_revision after insert or update or delete or truncate on geo.protected_area
  for each statement execute function app.layer_table_changed('protected_areas');
create or replace trigger layer_revision after insert or update or delete or truncate on geo.wetland_park
  for each statement execute function app.layer_table_changed('wetland_parks');
create or replace trigger layer_revision after insert or update or delete or truncate on geo.biodiversity_corridor
  for each statement execute function app.layer_table_changed('biodiversity_corridors');
create or replace trigger layer_revision after insert or update or delete or truncate on geo.mine_site
  for each statement execute function app.layer_table_changed('mine_sites');
create or replace trigger layer_revision after insert or update or delete or truncate on geo.mine_patch
  for each statement execute function app.layer_table_changed('mine_patches');
