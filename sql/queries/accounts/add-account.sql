-- Purpose: a new account with a password that was given.
-- Parameters: $1 username, $2 display name, $3 role, $4 layers, $5 units (text[]), $6 password hash, $7 must change the password,
-- $8 of the sample, $9 who adds it. Result: its id, or no row where the username is taken. Index used: account_username.
insert into app.account (username, display_name, role, layers, units, password_hash, must_change_password, is_sample, created_by)
values ($1, $2, $3, $4::text[], $5::text[], $6, $7::boolean, $8::boolean, $9)
on conflict (username) do nothing
returning id::text as id
