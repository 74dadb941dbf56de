-- The saved sheets of an account in order of their names.
-- $1 uuid account. Index: saved_sheet_pkey.
select name, spec, to_json(saved_at) #>> '{}' as saved_at
from app.saved_sheet
where account_id = $1
order by name;
