-- Purpose: an account by its username, for checking its password.
-- Parameters: $1 username in lower case, $2 days after which a password must be changed (0: never).
-- Result: no row, or (id, username, display_name, role, layers, units, must_change_password, password_hash, is_disabled).
-- Index used: account_username.
select a.id::text as id, a.username, a.display_name, a.role, a.layers, a.units, a.password_hash,
  a.must_change_password
    or ($2::integer > 0 and a.password_changed_at < now() - $2::integer * interval '1 day') as must_change_password,
  a.disabled_at is not null as is_disabled
from app.account as a
where a.username = $1
