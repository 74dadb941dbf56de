-- Purpose: tables of imports under way or cut short, for the doctor.
-- Parameters: none.
-- Result: (name text, bytes text).
-- Index used: none; catalogue tables only.
select c.relname::text as name, pg_total_relation_size(c.oid)::text as bytes
from pg_class as c
where c.relnamespace = 'stage'::regnamespace and c.relkind = 'r' and c.relname like 'staged\_%'
order by c.relname;
