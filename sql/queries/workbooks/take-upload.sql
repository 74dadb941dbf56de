-- Purpose: takes the workbook that waits under a token; it stays where the transaction fails.
-- Parameters: $1 text token, $2 text account. Result: no row or one: unit, its name, period, marks.
-- Index used: workbook_upload_pkey.
delete from app.workbook_upload as w
where w.token = $1::text and w.account_id = $2::text and w.made_at >= now() - interval '1 hour'
returning w.unit,
  coalesce((select u.name from app.reporting_unit as u where u.code = w.unit), w.unit) as unit_name,
  w.period,
  w.marks
