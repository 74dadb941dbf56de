-- Purpose: a password was right: its username starts anew, its address gets the attempt back. What is a day old goes.
-- Parameters: $1 keys of the username as text[], $2 key of the address (or null). Result: none. Index used: sign_in_attempt_pkey.
with given_back as (
  update app.sign_in_attempt set attempts = greatest(attempts - 1, 0) where key = $2
)
delete from app.sign_in_attempt
where key = any ($1::text[]) or (since < now() - interval '1 day' and coalesce(locked_until, since) < now() and key is distinct from $2)
