-- Events of one dataset in the order given; sequence and hash are set by trigger.
-- $1 dataset id, then one array each: $2 site codes, $3 statuses, $4 dates of the fact, $5 periods, $6 recorded at,
-- $7 recorded by, $8 progress in percent, $9 treated area in m², $10 notes. Primary key.
insert into app.mine_site_event (dataset_id, site_code, status, effective_on, period, recorded_at, recorded_by,
                                 progress_percent, treated_area_m2, note)
select $1::bigint, e.site_code, e.status, e.effective_on, e.period, e.recorded_at, e.recorded_by,
       e.progress_percent, e.treated_area_m2, e.note
from unnest($2::text[], $3::text[], $4::date[], $5::text[], $6::timestamptz[], $7::text[],
            $8::double precision[], $9::double precision[], $10::text[]) with ordinality
  as e (site_code, status, effective_on, period, recorded_at, recorded_by,
        progress_percent, treated_area_m2, note, position)
order by e.position
