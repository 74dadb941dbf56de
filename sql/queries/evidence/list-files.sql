-- Purpose: the files the database refers to, in the order of their hashes, piece by piece.
-- Parameters: $1 text the hash after which to go on, '' at first; $2 integer how many.
-- Result: sha256, bytes (float8). Index used: attachment_sha256.
select f.sha256, max(f.byte_size)::float8 as bytes
from (
  select a.sha256, a.byte_size from app.attachment as a
  union all
  select d.sha256, d.byte_size from app.change_set_document as d) as f
where f.sha256 collate "C" > $1::text collate "C"
group by f.sha256
order by f.sha256 collate "C"
limit $2::integer
