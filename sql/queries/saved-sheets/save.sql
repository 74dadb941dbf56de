-- Saves a sheet of an account over one of the same name; no row where the account has as many as it may.
-- $1 uuid account, $2 text name, $3 jsonb spec, $4 integer most of one account. Index: saved_sheet_pkey.
insert into app.saved_sheet (account_id, name, spec)
select $1, $2, $3
where exists (select from app.saved_sheet where account_id = $1 and name = $2)
  or (select count(*) from app.saved_sheet where account_id = $1) < $4
on conflict (account_id, name) do update set spec = excluded.spec, saved_at = now()
returning name, spec, to_json(saved_at) #>> '{}' as saved_at;
