-- What the table of a layer demands of a row, to be asked of staged rows before they are stored.
-- $1 text schema, $2 text table. Result: one row per rule: kind ('check', 'unique', 'reference', 'required'), columns it is
-- about (text[]), expression (of a check), ref_table and ref_column (of a reference). Index: catalogs only.
select case c.contype when 'c' then 'check' when 'f' then 'reference' else 'unique' end as kind,
  (select array_agg(a.attname::text order by a.attnum) from pg_attribute as a
    where a.attrelid = c.conrelid and a.attnum = any (c.conkey)) as columns,
  case when c.contype = 'c' then pg_get_expr(c.conbin, c.conrelid) end as expression,
  c.confrelid::regclass::text as ref_table,
  (select a.attname::text from pg_attribute as a where a.attrelid = c.confrelid and a.attnum = c.confkey[1]) as ref_column
from pg_constraint as c
where c.conrelid = format('%I.%I', $1::text, $2::text)::regclass and c.contype in ('c', 'f', 'u')
union all
select 'required', array[a.attname::text], null, null, null
from pg_attribute as a
left join pg_attrdef as d on d.adrelid = a.attrelid and d.adnum = a.attnum
where a.attrelid = format('%I.%I', $1::text, $2::text)::regclass and a.attnum > 0 and not a.attisdropped
  and a.attnotnull and d.oid is null and a.attidentity = ''
