-- Removes a mapping. $1 name. Primary key. Result: its name, or no row.
delete from app.import_profile where name = $1 returning name
