-- Purpose: a session was used now. Parameters: $1 hash of its id. Result: none. Index used: session_pkey.
update app.session set last_seen_at = now() where id_hash = $1
