-- Purpose: an account signs in, if nothing about it changed since its password was checked.
-- Parameters: $1 id, $2 the hash that was checked. Result: one row, or none where it may no longer. Index used: account_pkey.
update app.account set last_sign_in_at = now()
where id = $1::uuid and password_hash = $2 and disabled_at is null
returning username
