-- Purpose: the files the database refers to. Parameters: none.
-- Result: one row per file: sha256, bytes (float8), in the order of the hashes. Index used: none, all are asked for.
select f.sha256, max(f.byte_size)::float8 as bytes
from (
  select a.sha256, a.byte_size from app.attachment as a
  union all
  select d.sha256, d.byte_size from app.change_set_document as d) as f
group by f.sha256
order by f.sha256 collate "C"
