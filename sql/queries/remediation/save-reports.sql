-- Purpose: where the reports of sites stand after their marks.
-- Parameters: $1 jsonb array of rows of app.mine_site_report without id. Result: id as text, site_code.
-- Index used: mine_site_report_once.
insert into app.mine_site_report as r (site_code, period, state, round, effective_on, answer, flags, submitted_by_id,
  submitted_by, submitted_at, opened_at, opened_by, county_reviewed_at, county_reviewed_by, city_reviewed_at,
  city_reviewed_by, returned_by_level, return_reason, effect_seq)
select n.site_code, n.period, n.state, n.round, n.effective_on, n.answer, n.flags, n.submitted_by_id,
  n.submitted_by, coalesce(n.submitted_at, now()), n.opened_at, n.opened_by, n.county_reviewed_at, n.county_reviewed_by,
  n.city_reviewed_at, n.city_reviewed_by, n.returned_by_level, n.return_reason, n.effect_seq
from jsonb_to_recordset($1::jsonb) as n (site_code text, period text, state text, round integer, effective_on date,
  answer jsonb, flags jsonb, submitted_by_id text, submitted_by text, submitted_at timestamptz, opened_at timestamptz,
  opened_by text, county_reviewed_at timestamptz, county_reviewed_by text, city_reviewed_at timestamptz,
  city_reviewed_by text, returned_by_level text, return_reason text, effect_seq bigint)
on conflict on constraint mine_site_report_once do update set
  state = excluded.state,
  round = excluded.round,
  effective_on = excluded.effective_on,
  answer = excluded.answer,
  flags = excluded.flags,
  submitted_by_id = excluded.submitted_by_id,
  submitted_by = excluded.submitted_by,
  submitted_at = excluded.submitted_at,
  opened_at = excluded.opened_at,
  opened_by = excluded.opened_by,
  county_reviewed_at = excluded.county_reviewed_at,
  county_reviewed_by = excluded.county_reviewed_by,
  city_reviewed_at = excluded.city_reviewed_at,
  city_reviewed_by = excluded.city_reviewed_by,
  returned_by_level = excluded.returned_by_level,
  return_reason = excluded.return_reason,
  effect_seq = excluded.effect_seq
returning r.id::text as id, r.site_code
