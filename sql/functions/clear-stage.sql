-- Forgets every row that is staged or kept for taking imports back: after a restore their datasets are others.
-- No result. A staged import that is under way finds its rows gone and says so.
create or replace function app.clear_stage() returns void
language plpgsql as $$
declare
  staged regclass;
begin
  for staged in
    select c.oid::regclass from pg_class as c
    where c.relnamespace = 'stage'::regnamespace and c.relkind = 'r' and c.relname <> 'take_back'
  loop
    execute format('drop table %s', staged);
  end loop;
  delete from stage.take_back;
end $$;
