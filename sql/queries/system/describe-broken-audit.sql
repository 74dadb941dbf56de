-- Purpose: what is wrong with an entry of the audit. Parameters: $1 bigint seq.
-- Result: as describe-broken-event. Index used: audit_seq.
select a.subject,
  app.audit_text(a) as text_now,
  a.hashed_text as text_hashed,
  a.hash = encode(sha256(convert_to(coalesce(b.hash, '') || a.hashed_text, 'UTF8')), 'hex') as is_linked
from app.audit as a
left join app.audit as b on b.seq = a.seq - 1
where a.seq = $1::bigint
