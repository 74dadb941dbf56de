-- Removes a saved sheet; no row where there is none.
-- $1 uuid account, $2 text name. Index: saved_sheet_pkey.
delete from app.saved_sheet
where account_id = $1 and name = $2
returning name;
