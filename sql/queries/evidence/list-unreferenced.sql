-- Purpose: which of some files nothing in the database refers to any more. Parameters: $1 text[] hashes.
-- Result: one row per such hash: sha256. Index used: attachment_sha256.
select h.sha256
from unnest($1::text[]) as h (sha256)
where not exists (select 1 from app.attachment as a where a.sha256 = h.sha256)
  and not exists (select 1 from app.change_set_document as d where d.sha256 = h.sha256)
