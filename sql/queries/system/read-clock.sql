-- Purpose: the clock of the database and how it counts months, for the doctor.
-- Parameters: none.
-- Result: now_ms double precision: milliseconds since 1970 in UTC; time_zone text; month text: the month in
-- Asia/Shanghai of an instant that is the last day of January in UTC; newest_ms double precision: the newest instant
-- anything was recorded at, null where nothing was.
-- Index used: none; small tables.
select
  extract(epoch from clock_timestamp())::double precision * 1000 as now_ms,
  current_setting('TimeZone') as time_zone,
  to_char(timestamptz '2025-01-31 16:30:00+00' at time zone 'Asia/Shanghai', 'YYYY-MM') as month,
  extract(epoch from greatest(
    (select max(d.created_at) from app.dataset as d),
    (select max(a.at) from app.audit as a)
  ))::double precision * 1000 as newest_ms;
