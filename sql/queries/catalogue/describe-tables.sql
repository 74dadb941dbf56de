-- Purpose: columns and indexes of the named tables, to hold layer definitions against.
-- Parameters: $1 text[] schema names, $2 text[] table names, pairwise.
-- Result: one row per column: schema_name, table_name, column_name, type (with typmod, such as
-- geometry(MultiPolygon,4490)), has_gist (a GiST index on it alone), is_unique (a unique index on it alone).
-- Index used: those of the system catalogue.
select t.schema_name,
  t.table_name,
  a.attname::text as column_name,
  format_type(a.atttypid, a.atttypmod) as type,
  exists (
    select 1
    from pg_index as i
    join pg_class as ic on ic.oid = i.indexrelid
    join pg_am as m on m.oid = ic.relam
    where i.indrelid = c.oid and i.indisvalid and i.indpred is null and i.indnkeyatts = 1
      and i.indkey[0] = a.attnum and m.amname = 'gist') as has_gist,
  exists (
    select 1
    from pg_index as i
    where i.indrelid = c.oid and i.indisvalid and i.indisunique and i.indpred is null and i.indnkeyatts = 1
      and i.indkey[0] = a.attnum) as is_unique
from unnest($1::text[], $2::text[]) as t (schema_name, table_name)
join pg_namespace as n on n.nspname = t.schema_name
join pg_class as c on c.relnamespace = n.oid and c.relname = t.table_name
join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
order by 1, 2, a.attnum;
