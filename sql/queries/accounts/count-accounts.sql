-- Purpose: are there accounts, and is there data of the sample?
-- No parameters. Result: accounts (any), administrators (that may sign in), sample (datasets). Small tables, no index.
select
  (select count(*)::integer from app.account) as accounts,
  (select count(*)::integer from app.account as a where a.role = 'administrator' and a.disabled_at is null)
    as administrators,
  (select count(*)::integer from app.dataset as d where d.kind = 'sample' and d.removed_at is null) as sample
