-- Events of mine sites are append-only and hash-chained, one chain per dataset (GB/T 39972-2021, 全过程强制留痕).
-- A writer inserts dataset_id, site_code, status, dates, values; seq, hashed_text and hash are set here, and the
-- chain row is made with the first event. hash = sha256 in hex of (hash before || hashed_text) in UTF-8, '' before the first.
-- Boundary: update, delete and truncate are refused even to the owner of the tables; only app.clear_sample()
-- removes events, and only those of sample datasets.

-- Canonical text of an event: a JSON array of strings, the same on every engine, locale, time zone and float format.
create or replace function app.event_text(e app.mine_site_event) returns text
language sql stable as $$
  select json_build_array(
    'lantu-event-1',
    e.dataset_id::text,
    e.seq::text,
    e.site_code,
    e.status,
    to_char(e.effective_on, 'YYYY-MM-DD'),
    e.period,
    to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    e.recorded_by,
    trim_scale(round(e.progress_percent::numeric, 6))::text,
    trim_scale(round(e.treated_area_m2::numeric, 6))::text,
    e.note
  )::text
$$;

create or replace function app.chain_event() returns trigger
language plpgsql as $$
declare
  hash_before text;
begin
  -- Lock the chain until COMMIT, so that events of one dataset are numbered one transaction after the other.
  perform 1 from app.event_chain as c where c.dataset_id = new.dataset_id for update;
  if not found then
    insert into app.event_chain (dataset_id) values (new.dataset_id) on conflict do nothing;
    perform 1 from app.event_chain as c where c.dataset_id = new.dataset_id for update;
  end if;
  -- Rows inserted earlier by the same statement are seen here; the chain row is only brought up to date after it.
  select e.seq, e.hash into new.seq, hash_before
    from app.mine_site_event as e where e.dataset_id = new.dataset_id order by e.seq desc limit 1;
  new.seq := coalesce(new.seq, 0) + 1;
  new.hashed_text := app.event_text(new);
  new.hash := encode(sha256(convert_to(coalesce(hash_before, '') || new.hashed_text, 'UTF8')), 'hex');
  return new;
end $$;

create or replace function app.events_appended() returns trigger
language plpgsql as $$
begin
  update app.event_chain as c
  set last_seq = n.seq, last_hash = n.hash
  from (select distinct on (dataset_id) dataset_id, seq, hash from new_events order by dataset_id, seq desc) as n
  where c.dataset_id = n.dataset_id;
  return null;
end $$;

create or replace function app.refuse_event_change() returns trigger
language plpgsql as $$
begin
  raise exception 'events are append-only: % of app.% is refused', lower(tg_op), tg_table_name
    using errcode = 'LT002', hint = 'Record a correction as a new event.';
end $$;

-- Rows of sample datasets may go while app.clear_sample() is at work; nothing else may.
create or replace function app.refuse_event_delete() returns trigger
language plpgsql as $$
begin
  if coalesce(current_setting('lantu.clearing_sample', true), '') = 'on'
    and (select d.kind = 'sample' from app.dataset as d where d.id = old.dataset_id) then
    return old;
  end if;
  raise exception 'events are append-only: delete from app.% is refused', tg_table_name
    using errcode = 'LT002', hint = 'Record a correction as a new event.';
end $$;

create or replace trigger event_1_chain before insert on app.mine_site_event
  for each row execute function app.chain_event();
create or replace trigger event_2_appended after insert on app.mine_site_event
  referencing new table as new_events
  for each statement execute function app.events_appended();
create or replace trigger event_no_change before update or truncate on app.mine_site_event
  for each statement execute function app.refuse_event_change();
create or replace trigger event_no_delete before delete on app.mine_site_event
  for each row execute function app.refuse_event_delete();
create or replace trigger event_chain_no_delete before delete on app.event_chain
  for each row execute function app.refuse_event_delete();
create or replace trigger event_chain_no_truncate before truncate on app.event_chain
  for each statement execute function app.refuse_event_change();

-- First seq at which the chain of a dataset does not hold: a gap, a hash that does not follow, a column that differs
-- from the hashed text, or an end cut off (last seq + 1). Null when it holds, also for a dataset without a chain.
create or replace function app.verify_event_chain(chain_dataset_id bigint) returns bigint
language plpgsql stable as $$
declare
  e app.mine_site_event;
  hash_before text := '';
  expected bigint := 1;
  chain app.event_chain;
begin
  for e in select v.* from app.mine_site_event as v where v.dataset_id = chain_dataset_id order by v.seq loop
    if e.seq <> expected
      or e.hashed_text <> app.event_text(e)
      or e.hash <> encode(sha256(convert_to(hash_before || e.hashed_text, 'UTF8')), 'hex') then
      return expected;
    end if;
    hash_before := e.hash;
    expected := expected + 1;
  end loop;
  select c.* into chain from app.event_chain as c where c.dataset_id = chain_dataset_id;
  if (coalesce(chain.last_seq, 0), coalesce(chain.last_hash, '')) is distinct from (expected - 1, hash_before) then
    return expected;
  end if;
  return null;
end $$;
