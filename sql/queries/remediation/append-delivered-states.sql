-- Purpose: the first event of sites that have none: the state they were delivered in, so that days before their first
-- mark go on reading as they did. Since when it holds is not always known: 1900-01-01 then.
-- Parameters: $1 text[] codes of sites, whose chains are locked. Result: none. Index used: mine_site_event_site.
insert into app.mine_site_event (dataset_id, site_code, kind, sets_state, status, effective_on, period, recorded_at,
  recorded_by, progress_percent, treated_area_m2, facts)
select s.dataset_id, s.code, 'import', true, s.status, o.since, to_char(o.since, 'YYYY-MM'), statement_timestamp(),
  d.title, s.progress_percent, s.treated_area_m2,
  jsonb_strip_nulls(jsonb_build_object(
    'startedOn', s.started_on, 'completedOn', s.completed_on, 'acceptedOn', s.accepted_on,
    'acceptedAreaSquareMeters', s.accepted_area_m2, 'aftercareUntil', s.aftercare_until,
    'recognitionNumber', s.recognition_number, 'approvalNumber', s.approval_number,
    'acceptanceDocument', s.acceptance_document, 'closingNumber', s.closing_number,
    'handoverNumber', s.handover_number))
from geo.mine_site as s
join app.dataset as d on d.id = s.dataset_id
cross join lateral (select coalesce(s.status_on, date '1900-01-01') as since) as o
where s.code = any ($1::text[])
  and not exists (select 1 from app.mine_site_event as e where e.site_code = s.code)
order by s.code
