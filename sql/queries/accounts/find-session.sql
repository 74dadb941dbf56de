-- Purpose: whose a session is, while it lasts and the account is not disabled.
-- Parameters: $1 hash of the session id, $2 idle minutes, $3 hours, $4 days after which a password must be changed (0: never).
-- Result: no row, or (id of the account, username, display_name, role, layers, units, must_change_password,
-- idle_seconds). Index used: session_pkey, account_pkey.
select a.id::text as id, a.username, a.display_name, a.role, a.layers, a.units,
  a.must_change_password
    or ($4::integer > 0 and a.password_changed_at < now() - $4::integer * interval '1 day') as must_change_password,
  extract(epoch from now() - s.last_seen_at)::double precision as idle_seconds
from app.session as s
join app.account as a on a.id = s.account_id
where s.id_hash = $1
  and a.disabled_at is null
  and s.last_seen_at > now() - $2::integer * interval '1 minute'
  and s.created_at > now() - $3::integer * interval '1 hour'
