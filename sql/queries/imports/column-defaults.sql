-- Default expressions of the columns of a table that refuse null.
-- $1 text schema, $2 text table. Result: column_name, column_default (SQL text). No index: the catalogue of columns.
select c.column_name, c.column_default
from information_schema.columns as c
where c.table_schema = $1 and c.table_name = $2 and c.is_nullable = 'NO' and c.column_default is not null
