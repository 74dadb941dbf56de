-- Purpose: every table of the product with what an archive needs to read and fill it again.
-- Parameters: none. Schemas app and geo; the bookkeeping of migrations is left out, as the archive states it itself,
--   and so are who is signed in and the steps of the workflow, which the program brings.
-- Result: one row per table: its quoted name; stored columns in order (generated ones are left out, they follow) with
--   their full types; primary key columns; tables it refers to; its identity column with that one's sequence.
-- Index: catalogs only.
select
  format('%I.%I', n.nspname, c.relname) as name,
  (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum)
    from pg_attribute as a
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
  (select json_agg(a.attname order by array_position(k.conkey, a.attnum))
    from pg_constraint as k join pg_attribute as a on a.attrelid = k.conrelid and a.attnum = any (k.conkey)
    where k.conrelid = c.oid and k.contype = 'p') as key,
  (select coalesce(json_agg(distinct format('%I.%I', rn.nspname, r.relname)), '[]'::json)
    from pg_constraint as k
    join pg_class as r on r.oid = k.confrelid
    join pg_namespace as rn on rn.oid = r.relnamespace
    where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as refers_to,
  (select json_build_object('column', a.attname,
      'sequence', pg_get_serial_sequence(format('%I.%I', n.nspname, c.relname), a.attname))
    from pg_attribute as a
    where a.attrelid = c.oid and a.attidentity <> '' and not a.attisdropped limit 1) as identity
from pg_class as c
join pg_namespace as n on n.oid = c.relnamespace
where n.nspname in ('app', 'geo')
  and c.relkind = 'r'
  and (n.nspname, c.relname) not in (('app', 'schema_migration'), ('app', 'schema_function'),
    ('app', 'session'), ('app', 'sign_in_attempt'), ('app', 'workflow_step'))
order by n.nspname, c.relname;
