-- Purpose: the accounts there are, for administrators; never their passwords.
-- Parameters: $1 id as uuid, null for all; $2 idle minutes, $3 hours after which a session has ended.
-- Result: one row each, by username. Index used: account_pkey, session_account; both tables are small.
select a.id::text as id, a.username, a.display_name, a.role, a.layers, a.units, a.must_change_password,
  a.password_is_issued, a.is_sample, a.created_by, a.version,
  to_char(a.disabled_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as disabled_at,
  to_char(a.password_changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as password_changed_at,
  to_char(a.last_sign_in_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as last_sign_in_at,
  to_char(a.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as created_at,
  (select count(*)::integer from app.session as s
    where s.account_id = a.id and a.disabled_at is null
      and s.last_seen_at > now() - $2::integer * interval '1 minute'
      and s.created_at > now() - $3::integer * interval '1 hour') as sessions
from app.account as a
where $1::uuid is null or a.id = $1::uuid
order by a.username
