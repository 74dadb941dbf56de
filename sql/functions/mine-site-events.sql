-- Events of mine sites are append-only and hash-chained, one chain per dataset (GB/T 39972-2021, 全过程强制留痕).
-- A writer inserts dataset_id, site_code, status, dates, values; seq, hashed_text and hash are set here, and the
-- chain row is made with the first event. The kinds of marking must be lawful, and the site follows from its events. hash = sha256 in hex of (hash before || hashed_text) in UTF-8, '' before the first.
-- Boundary: update, delete and truncate are refused even to the owner of the tables; only app.clear_sample()
-- removes events, and only those of sample datasets.

-- Canonical text of an event: a JSON array of strings, the same on every engine, locale, time zone and float format.
-- Version 1 is the text of history taken over, which has no columns of marking; every event with one has version 2.
create or replace function app.event_text(e app.mine_site_event) returns text
language sql stable as $$
  select case when e.kind = 'record' and e.sets_state
    and num_nonnulls(e.status_before, e.actor_id, e.changes, e.facts, e.reason, e.evidence, e.report_id, e.change_set_id) = 0
  then json_build_array(
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
  else json_build_array(
    'lantu-event-2',
    e.dataset_id::text,
    e.seq::text,
    e.site_code,
    e.kind,
    e.sets_state::text,
    e.status_before,
    e.status,
    to_char(e.effective_on, 'YYYY-MM-DD'),
    e.period,
    to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    e.recorded_by,
    e.actor_id,
    trim_scale(round(e.progress_percent::numeric, 6))::text,
    trim_scale(round(e.treated_area_m2::numeric, 6))::text,
    e.note,
    e.changes::text,
    e.facts::text,
    e.reason,
    e.evidence::text,
    e.report_id::text,
    e.change_set_id::text
  )::text end
$$;

-- The day up to which facts may be dated: today in Asia/Shanghai, or, while only sample sites stand, the day they are
-- known to: a demonstration does not grow old.
create or replace function app.work_day() returns date
language sql stable as $$
  select least((now() at time zone 'Asia/Shanghai')::date, (
    select case when bool_and(d.kind = 'sample') then max(d.as_of) end
    from app.dataset as d
    where d.layer_id = 'mine_sites' and d.removed_at is null))
$$;

-- Refuses marks no rule allows, whoever writes them: LT006 a step that is not legal or does not begin where the site
-- stands, LT007 a date in the future or before what already stands, LT008 a missing reason, LT009 an impossible value.
create or replace function app.check_event_lawful() returns trigger
language plpgsql as $$
declare
  standing record;
begin
  if new.kind in ('record', 'import') then
    return new;
  end if;
  if new.effective_on > app.work_day() then
    raise exception 'dated % after the work day', new.effective_on using errcode = 'LT007';
  end if;
  if new.progress_percent not between 0 and 100 or new.treated_area_m2 < 0 or new.actor_id is null
    or new.period > to_char(app.work_day(), 'YYYY-MM') then
    raise exception 'impossible value' using errcode = 'LT009';
  end if;
  if new.kind in ('report_returned', 'correction', 'restoration', 'undo') and coalesce(btrim(new.reason), '') = '' then
    raise exception 'a reason is missing' using errcode = 'LT008';
  end if;
  if new.kind in ('report_passed', 'decision') and new.sets_state then
    select e.status, e.effective_on into standing
      from app.mine_site_event as e
      where e.site_code = new.site_code and e.sets_state
      order by e.effective_on desc, e.seq desc limit 1;
    if not found then
      select s.status, s.status_on as effective_on into standing from geo.mine_site as s where s.code = new.site_code;
    end if;
    if new.effective_on < standing.effective_on then
      raise exception 'dated % before %', new.effective_on, standing.effective_on using errcode = 'LT007';
    end if;
    if new.status_before is distinct from standing.status
      or (new.status <> standing.status and not exists (
        select 1 from app.workflow_step as w
        where w.from_status = standing.status and w.to_status = new.status
          and (w.taken_by = 'editor') = (new.kind = 'report_passed'))) then
      raise exception 'no step from % to %', standing.status, new.status using errcode = 'LT006';
    end if;
  end if;
  return new;
end $$;

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

-- A site stands where the event that is effective last, among equals the one recorded last, says; each event raises its
-- version, so that nobody writes over what he has not seen. Where an event has no facts, those of the site stay.
create or replace function app.events_applied() returns trigger
language plpgsql as $$
begin
  perform set_config('lantu.marking_sites', 'on', true);
  update geo.mine_site as s
  set status = l.status,
    status_on = l.status_on,
    progress_percent = l.progress_percent,
    treated_area_m2 = l.treated_area_m2,
    started_on = case when l.facts is null then s.started_on else (l.facts ->> 'startedOn')::date end,
    completed_on = case when l.facts is null then s.completed_on else (l.facts ->> 'completedOn')::date end,
    accepted_on = case when l.facts is null then s.accepted_on else (l.facts ->> 'acceptedOn')::date end,
    aftercare_until = case when l.facts is null then s.aftercare_until else (l.facts ->> 'aftercareUntil')::date end,
    accepted_area_m2 = case when l.facts is null then s.accepted_area_m2
      else (l.facts ->> 'acceptedAreaSquareMeters')::double precision end,
    recognition_number = case when l.facts is null then s.recognition_number else l.facts ->> 'recognitionNumber' end,
    approval_number = case when l.facts is null then s.approval_number else l.facts ->> 'approvalNumber' end,
    acceptance_document = case when l.facts is null then s.acceptance_document else l.facts ->> 'acceptanceDocument' end,
    closing_number = case when l.facts is null then s.closing_number else l.facts ->> 'closingNumber' end,
    handover_number = case when l.facts is null then s.handover_number else l.facts ->> 'handoverNumber' end
  from (
    select n.site_code, e.status, e.progress_percent, e.treated_area_m2, e.facts, app.status_since(n.site_code) as status_on
    from (select distinct site_code from new_events where kind not in ('record', 'import') and sets_state) as n
    cross join lateral (
      select v.status, v.progress_percent, v.treated_area_m2, v.facts
      from app.mine_site_event as v
      where v.site_code = n.site_code and v.sets_state
      order by v.effective_on desc, v.seq desc
      limit 1) as e) as l
  where s.code = l.site_code;
  -- What does not set the state changes the site all the same: its report, its evidence.
  update geo.mine_site as s
  set version = s.version
  where s.code in (select n.site_code from new_events as n where n.kind not in ('record', 'import'))
    and s.code not in (select n.site_code from new_events as n where n.kind not in ('record', 'import') and n.sets_state);
  perform set_config('lantu.marking_sites', '', true);
  return null;
end $$;

-- The day since which a site has its present status: the first of the last unbroken row of days that end with it. Null
-- where it is not known: a state delivered without its day stands at 1900-01-01.
create or replace function app.status_since(asked_site text) returns date
language sql stable as $$
  with d as (
    select distinct on (v.effective_on) v.effective_on, v.status
    from app.mine_site_event as v
    where v.site_code = asked_site and v.sets_state
    order by v.effective_on, v.seq desc)
  select nullif(min(d.effective_on), date '1900-01-01')
  from d
  where d.effective_on > coalesce((
    select max(o.effective_on)
    from d as o
    where o.status <> (select f.status from d as f order by f.effective_on desc limit 1)), '-infinity')
$$;

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

create or replace trigger event_0_lawful before insert on app.mine_site_event
  for each row execute function app.check_event_lawful();
create or replace trigger event_1_chain before insert on app.mine_site_event
  for each row execute function app.chain_event();
create or replace trigger event_2_appended after insert on app.mine_site_event
  referencing new table as new_events
  for each statement execute function app.events_appended();
create or replace trigger event_3_applied after insert on app.mine_site_event
  referencing new table as new_events
  for each statement execute function app.events_applied();
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
