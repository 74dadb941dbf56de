-- Purpose: events of marking, in the order given; seq and hash are set and the sites follow by trigger.
-- Parameters: $1 jsonb array of events, each with its chain as dataset_id; $2 text id and $3 text name of who marks;
-- $4 bigint change set or null. Result: site_code, seq as text, kind, report_id as text, in that order.
-- Index used: mine_site_event_pkey, mine_site_event_as_of.
with given as (
  insert into app.mine_site_event (dataset_id, site_code, kind, sets_state, status_before, status, effective_on, period,
    recorded_at, recorded_by, actor_id, progress_percent, treated_area_m2, note, changes, facts, reason, evidence,
    report_id, change_set_id)
  select n.dataset_id, n.site_code, n.kind, n.sets_state, n.status_before, n.status, n.effective_on, n.period,
    statement_timestamp(), $3::text, $2::text, n.progress_percent, n.treated_area_m2, n.note, n.changes, n.facts, n.reason,
    n.evidence, n.report_id, $4::bigint
  from jsonb_to_recordset($1::jsonb) as n (position integer, dataset_id bigint, site_code text, kind text,
    sets_state boolean, status_before text, status text, effective_on date, period text,
    progress_percent double precision, treated_area_m2 double precision, note text, changes jsonb, facts jsonb,
    reason text, evidence jsonb, report_id bigint)
  order by n.position
  returning site_code, seq, kind, report_id)
select g.site_code, g.seq::text as seq, g.kind, g.report_id::text as report_id
from given as g
order by g.seq
