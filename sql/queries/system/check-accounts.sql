-- Purpose: what is doubtful about the accounts.
-- No parameters. Result: one row: accounts, administrators and sample accounts that may sign in, usernames of administrators
-- whose password was given and never changed, whether official data stands, the first entry of the audit that does not
-- hold (or null), and how many entries it has. Small tables, no index; the audit is read whole.
select
  (select count(*)::integer from app.account) as accounts,
  (select count(*)::integer from app.account as a where a.disabled_at is null and a.role = 'administrator')
    as administrators,
  coalesce((select array_agg(a.username order by a.username) from app.account as a
    where a.disabled_at is null and a.is_sample), '{}') as sample_accounts,
  coalesce((select array_agg(a.username order by a.username) from app.account as a
    where a.disabled_at is null and a.role = 'administrator' and a.password_is_issued), '{}') as unchanged,
  exists (select 1 from app.dataset as d where d.kind = 'official' and d.removed_at is null) as has_official_data,
  app.verify_audit_chain()::text as audit_broken_at,
  (select count(*)::text from app.audit) as audit_entries
