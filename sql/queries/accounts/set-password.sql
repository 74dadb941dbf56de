-- Purpose: another password of an account.
-- Parameters: $1 id, $2 its hash, $3 whether it was given rather than chosen, $4 whether it must be changed, $5 the hash it
-- replaces (null: any). Result: one row, or none where there is no such account or its password is another by now.
-- Index used: account_pkey.
update app.account set password_hash = $2, password_is_issued = $3::boolean, must_change_password = $4::boolean,
  password_changed_at = now(), version = version + 1, updated_at = now()
where id = $1::uuid and ($5::text is null or password_hash = $5)
returning id::text as id
