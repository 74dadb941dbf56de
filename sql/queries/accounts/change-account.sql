-- Purpose: what an administrator sets of an account.
-- Parameters: $1 id, $2 display name, $3 role, $4 layers, $5 units (text[]), $6 disabled. Result: none. Index used: account_pkey.
update app.account set display_name = $2, role = $3, layers = $4::text[], units = $5::text[],
  disabled_at = case when $6::boolean then coalesce(disabled_at, now()) end,
  version = version + 1, updated_at = now()
where id = $1::uuid
