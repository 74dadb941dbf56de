-- Purpose: ends every session of an account.
-- Parameters: $1 account as uuid. Result: one row for each that was ended. Index used: session_account.
delete from app.session where account_id = $1::uuid returning 1 as ended
