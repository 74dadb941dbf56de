-- Purpose: a new session of an account; the one before it and those that have ended go.
-- Parameters: $1 hash of the new id, $2 account, $3 hash of the id before (or null), $4 idle minutes, $5 hours.
-- Result: none. Index used: session_pkey; the table is small.
with ended as (
  delete from app.session as s
  where s.id_hash = $3
    or s.last_seen_at < now() - $4::integer * interval '1 minute'
    or s.created_at < now() - $5::integer * interval '1 hour'
)
insert into app.session (id_hash, account_id) values ($1, $2::uuid)
