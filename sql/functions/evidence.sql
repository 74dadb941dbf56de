-- Taking evidence away changes its site: whoever has the site open must see it before he writes.

-- Raises the version of a site and leaves its values; called in the transaction of the change. Gives the new version, null
-- for a site that is not there.
create or replace function app.raise_site_version(asked_site text) returns integer
language plpgsql as $$
declare
  raised integer;
begin
  perform set_config('lantu.marking_sites', 'on', true);
  update geo.mine_site as s set version = s.version where s.code = asked_site returning s.version into raised;
  perform set_config('lantu.marking_sites', '', true);
  return raised;
end $$;

-- What was tried out on sample sites goes with them; its files follow with the next sweep.
create or replace function app.sample_sites_removed() returns trigger
language plpgsql as $$
begin
  delete from app.attachment as a
  using gone_sites as g
  where g.data_kind = 'sample' and a.site_code = g.code
    and not exists (select 1 from geo.mine_site as s where s.code = g.code);
  return null;
end $$;

create or replace trigger evidence_of_sample after delete on geo.mine_site
  referencing old table as gone_sites
  for each statement execute function app.sample_sites_removed();
