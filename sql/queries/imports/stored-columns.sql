-- Columns of a table that hold values of their own (generated ones follow from others), in order.
-- $1 text schema, $2 text table. Result: name. Index: catalogs only.
select a.attname::text as name
from pg_attribute as a
where a.attrelid = format('%I.%I', $1::text, $2::text)::regclass and a.attnum > 0 and not a.attisdropped
  and a.attgenerated = ''
order by a.attnum
