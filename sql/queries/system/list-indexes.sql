-- Purpose: every index of the product, for the doctor.
-- Parameters: none.
-- Result: (name text, valid boolean); valid is false where a concurrent build was cut short.
-- Index used: none; catalogue tables only.
select c.relname::text as name, i.indisvalid and i.indisready as valid
from pg_index as i
join pg_class as c on c.oid = i.indexrelid
join pg_namespace as n on n.oid = c.relnamespace
where n.nspname in ('app', 'geo')
order by c.relname;
