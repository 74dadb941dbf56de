-- The steps of geodata/domain/workflow.ts as rows, so that the database refuses an illegal step too; a test compares them.
delete from app.workflow_step;
insert into app.workflow_step (from_status, to_status, taken_by)
select f, s.to_status, s.taken_by
from (values
  (array['to_verify'], 'verified', 'editor'),
  (array['verified'], 'designing', 'editor'),
  (array['designing'], 'approved', 'editor'),
  (array['approved'], 'in_progress', 'editor'),
  (array['verified', 'designing', 'approved', 'in_progress'], 'natural_recovery', 'editor'),
  (array['natural_recovery'], 'in_progress', 'editor'),
  (array['in_progress', 'natural_recovery', 'rectifying'], 'completed', 'editor'),
  (array['completed'], 'county_accepted', 'county_reviewer'),
  (array['county_accepted'], 'city_accepted', 'city_reviewer'),
  (array['city_accepted'], 'public_notice', 'city_reviewer'),
  (array['public_notice'], 'closed', 'city_reviewer'),
  (array['closed'], 'handed_over', 'county_reviewer'),
  (array['completed', 'county_accepted', 'city_accepted', 'public_notice', 'closed', 'handed_over'], 'rectifying', 'county_reviewer'),
  (array['completed', 'county_accepted', 'city_accepted', 'public_notice', 'closed', 'handed_over'], 'rectifying', 'city_reviewer'),
  (array['to_verify', 'verified', 'designing', 'approved', 'in_progress', 'natural_recovery', 'completed', 'county_accepted',
    'city_accepted', 'public_notice', 'closed', 'handed_over', 'rectifying'], 'excluded', 'city_reviewer')
) as s (from_statuses, to_status, taken_by)
cross join unnest(s.from_statuses) as f;
