-- What the database holds and ever held.
-- No parameters. Result: present (datasets with data), sample (those of kind 'sample'), ever (removed ones too).
-- Small table, no index.
select
  (count(*) filter (where d.removed_at is null))::integer as present,
  (count(*) filter (where d.removed_at is null and d.kind = 'sample'))::integer as sample,
  count(*)::integer as ever
from app.dataset as d
