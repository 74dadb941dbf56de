-- Purpose: counts an attempt to sign in before the password is looked at, so that attempts at the same time are counted too.
-- Parameters: $1 keys (one for the username, one for the address) as text[], $2 attempts each allows in a window, $3 minutes
-- of the window, $4 minutes it is locked afterwards. Result: (key, locked_seconds or null, is_newly_locked).
-- Index used: sign_in_attempt_pkey.
insert into app.sign_in_attempt as a (key, most, attempts)
select k.key, k.most, 1 from unnest($1::text[], $2::integer[]) as k (key, most) order by k.key
on conflict (key) do update set
  most = excluded.most,
  attempts = case when a.locked_until <= now() or a.locked_until is null and a.since < now() - $3::integer * interval '1 minute'
    then 1 else a.attempts + 1 end,
  since = case when a.locked_until <= now() or a.locked_until is null and a.since < now() - $3::integer * interval '1 minute'
    then now() else a.since end,
  locked_until = case
    when a.locked_until > now() then a.locked_until
    when a.locked_until is null and a.since >= now() - $3::integer * interval '1 minute' and a.attempts >= excluded.most
      then now() + $4::integer * interval '1 minute'
  end
returning a.key,
  extract(epoch from a.locked_until - now())::double precision as locked_seconds,
  a.locked_until is not null and a.attempts = a.most + 1 as is_newly_locked
