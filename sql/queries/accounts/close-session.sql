-- Purpose: ends one session. Parameters: $1 hash of its id. Result: none. Index used: session_pkey.
delete from app.session where id_hash = $1
