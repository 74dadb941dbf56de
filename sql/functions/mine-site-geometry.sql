-- The extent of a mine site (座) is the union of its patches (图斑), kept so by triggers on the patches:
-- no writer has to remember it. A site that never had a patch keeps the geometry it was given.
-- Boundary: only geom and patch_count of geo.mine_site; area and anchor follow from geom (feature-values.sql).

-- Sets geom and patch_count of these sites from their patches; null means every site that has patches.
-- Null and empty patches count but add no shape. A site with an invalid patch gets its patches side by side, not
-- merged, so that they stay visible; it is then invalid itself and has no area.
-- Returns the number of sites written.
create or replace function app.refresh_mine_site_geometry(site_codes text[]) returns integer
language plpgsql as $$
declare
  written integer;
begin
  -- Materialized: without statistics the planner would otherwise compute the unions once for every site.
  with u as materialized (
    select
      c.code,
      count(p.id)::integer as patch_count,
      ST_Multi(ST_CollectionExtract(
        case when bool_and(app.is_valid(p.geom)) then app.overlay_union(array_agg(p.geom order by p.code))
        else ST_Collect(p.geom order by p.code) end, 3)) as geom
    from (
      select unnest(site_codes) as code
      union
      select w.site_code from geo.mine_patch as w where site_codes is null
    ) as c
    left join geo.mine_patch as p on p.site_code = c.code
    group by c.code
  )
  update geo.mine_site as s
  set patch_count = u.patch_count, geom = u.geom
  from u
  where s.code = u.code;
  get diagnostics written = row_count;
  return written;
end $$;

create or replace function app.mine_patches_inserted() returns trigger
language plpgsql as $$
begin
  perform app.refresh_mine_site_geometry(array(select distinct n.site_code from new_patches as n));
  return null;
end $$;

create or replace function app.mine_patches_deleted() returns trigger
language plpgsql as $$
begin
  perform app.refresh_mine_site_geometry(array(select distinct o.site_code from old_patches as o));
  return null;
end $$;

-- Only what changed place or shape matters; a site keeps its version when a patch is renamed.
create or replace function app.mine_patches_updated() returns trigger
language plpgsql as $$
begin
  perform app.refresh_mine_site_geometry(array(
    select unnest(array[o.site_code, n.site_code])
    from new_patches as n join old_patches as o on o.id = n.id
    where o.site_code <> n.site_code or o.geom is distinct from n.geom));
  return null;
end $$;

create or replace function app.mine_patches_truncated() returns trigger
language plpgsql as $$
begin
  perform app.refresh_mine_site_geometry(array(select s.code from geo.mine_site as s where s.patch_count > 0));
  return null;
end $$;

create or replace trigger site_geometry_on_insert after insert on geo.mine_patch
  referencing new table as new_patches
  for each statement execute function app.mine_patches_inserted();
create or replace trigger site_geometry_on_update after update on geo.mine_patch
  referencing old table as old_patches new table as new_patches
  for each statement execute function app.mine_patches_updated();
create or replace trigger site_geometry_on_delete after delete on geo.mine_patch
  referencing old table as old_patches
  for each statement execute function app.mine_patches_deleted();
create or replace trigger site_geometry_on_truncate after truncate on geo.mine_patch
  for each statement execute function app.mine_patches_truncated();
