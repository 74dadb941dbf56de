-- Purpose: a page of the audit, newest first.
-- Parameters, null where nothing is asked for: $1 from (YYYY-MM-DD, first day), $2 to (last day), $3 action or its beginning
-- up to a full stop, $4 actor, $5 before this seq; $6 how many. Days are those of Asia/Shanghai.
-- Result: (seq text, at timestamptz as ISO text, actor, action, subject, detail jsonb, hash). Index used: audit_seq, audit_at.
select a.seq::text as seq,
  to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
  a.actor, a.action, a.subject, a.detail, a.hash
from app.audit as a
where ($1::date is null or a.at >= $1::date::timestamp at time zone 'Asia/Shanghai')
  and ($2::date is null or a.at < ($2::date + 1)::timestamp at time zone 'Asia/Shanghai')
  and ($3::text is null or a.action = $3::text or starts_with(a.action, $3::text || '.'))
  and ($4::text is null or a.actor = $4::text)
  and ($5::bigint is null or a.seq < $5::bigint)
order by a.seq desc
limit $6::integer
