-- The audit (操作日志) is append-only and hash-chained like the events of mine sites, in one chain.
-- A writer inserts actor, action, subject and detail; seq, hashed_text and hash are set here, and the chain row is made
-- with the first entry. hash = sha256 in hex of (hash before || hashed_text) in UTF-8, '' before the first.
-- Lock order for writers: the chain stays locked until COMMIT, so the entry is the last thing a transaction writes.
-- Boundary: update, delete and truncate are refused even to the owner of the tables.

-- Canonical text of an entry: a JSON array of strings, the same on every engine, locale and time zone.
create or replace function app.audit_text(a app.audit) returns text
language sql stable as $$
  select json_build_array(
    'lantu-audit-1',
    a.seq::text,
    to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    a.actor,
    a.action,
    a.subject,
    a.detail::text
  )::text
$$;

create or replace function app.chain_audit() returns trigger
language plpgsql security definer set search_path from current as $$
declare
  hash_before text;
begin
  perform 1 from app.audit_chain as c for update;
  if not found then
    insert into app.audit_chain default values on conflict do nothing;
    perform 1 from app.audit_chain as c for update;
  end if;
  -- Rows inserted earlier by the same statement are seen here; the chain row is only brought up to date after it.
  select a.seq, a.hash into new.seq, hash_before from app.audit as a order by a.seq desc limit 1;
  new.seq := coalesce(new.seq, 0) + 1;
  new.hashed_text := app.audit_text(new);
  new.hash := encode(sha256(convert_to(coalesce(hash_before, '') || new.hashed_text, 'UTF8')), 'hex');
  return new;
end $$;

create or replace function app.audit_appended() returns trigger
language plpgsql security definer set search_path from current as $$
begin
  update app.audit_chain as c
  set last_seq = n.seq, last_hash = n.hash
  from (select seq, hash from new_entries order by seq desc limit 1) as n;
  return null;
end $$;

create or replace function app.refuse_audit_change() returns trigger
language plpgsql as $$
begin
  raise exception 'the audit is append-only: % of app.% is refused', lower(tg_op), tg_table_name
    using errcode = 'LT002', hint = 'Record a correction as a new entry.';
end $$;

create or replace trigger audit_1_chain before insert on app.audit
  for each row execute function app.chain_audit();
create or replace trigger audit_2_appended after insert on app.audit
  referencing new table as new_entries
  for each statement execute function app.audit_appended();
create or replace trigger audit_no_change before update or delete or truncate on app.audit
  for each statement execute function app.refuse_audit_change();
create or replace trigger audit_chain_no_delete before delete or truncate on app.audit_chain
  for each statement execute function app.refuse_audit_change();

-- First seq at which the chain does not hold: a gap, a hash that does not follow, a column that differs from the
-- hashed text, or an end cut off (last seq + 1). Null when it holds, also for an empty audit.
create or replace function app.verify_audit_chain() returns bigint
language plpgsql stable as $$
declare
  a app.audit;
  hash_before text := '';
  expected bigint := 1;
  chain app.audit_chain;
begin
  for a in select v.* from app.audit as v order by v.seq loop
    if a.seq <> expected
      or a.hashed_text is distinct from app.audit_text(a)
      or a.hash <> encode(sha256(convert_to(hash_before || a.hashed_text, 'UTF8')), 'hex') then
      return expected;
    end if;
    hash_before := a.hash;
    expected := expected + 1;
  end loop;
  select c.* into chain from app.audit_chain as c;
  if (coalesce(chain.last_seq, 0), coalesce(chain.last_hash, '')) is distinct from (expected - 1, hash_before) then
    return expected;
  end if;
  return null;
end $$;
