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
