-- Purpose: what is wrong with an event. Parameters: $1 bigint dataset, $2 bigint seq.
-- Result: no row where it is missing, else the site, the text as its columns give it and as it was hashed, and whether
-- its hash follows from the event before. Index used: mine_site_event_pkey.
select e.site_code as subject,
  app.event_text(e) as text_now,
  e.hashed_text as text_hashed,
  e.hash = encode(sha256(convert_to(coalesce(b.hash, '') || e.hashed_text, 'UTF8')), 'hex') as is_linked
from app.mine_site_event as e
left join app.mine_site_event as b on b.dataset_id = e.dataset_id and b.seq = e.seq - 1
where e.dataset_id = $1::bigint and e.seq = $2::bigint
