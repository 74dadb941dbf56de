-- Purpose: entries of the audit, in the order given; the chain is kept by trigger (sql/functions/audit.sql).
-- Parameters, one array each: $1 actors, $2 actions, $3 subjects, $4 details as JSON texts. Result: none.
-- Index used: audit_seq, for the end of the chain.
insert into app.audit (actor, action, subject, detail)
select e.actor, e.action, e.subject, e.detail::jsonb
from unnest($1::text[], $2::text[], $3::text[], $4::text[]) with ordinality
  as e (actor, action, subject, detail, position)
order by e.position
