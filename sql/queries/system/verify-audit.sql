-- Purpose: where the chain of the audit breaks. Parameters: none.
-- Result: one row: dataset null, count, broken_at (first seq that does not hold, or null). Index used: audit_seq.
select null::text as dataset,
  (select count(*) from app.audit)::text as count,
  app.verify_audit_chain()::text as broken_at
