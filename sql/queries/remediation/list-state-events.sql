-- Purpose: the states sites went through, in the order in which they hold.
-- Parameters: $1 text[] codes. Result: one row per event that sets the state, by site, day of the fact and seq.
-- Index used: mine_site_event_as_of.
select e.site_code,
  e.seq::text as seq,
  e.effective_on::text as effective_on,
  e.status,
  e.progress_percent,
  e.treated_area_m2,
  e.facts,
  e.changes
from app.mine_site_event as e
where e.site_code = any ($1::text[]) and e.sets_state
order by e.site_code, e.effective_on, e.seq
