-- Purpose: a workbook that was looked at waits to be applied; those of hours past are forgotten.
-- Parameters: $1 text token, $2 text account, $3 text unit, $4 text month, $5 jsonb marks. Result: none.
-- Index used: workbook_upload_pkey.
with forgotten as (
  delete from app.workbook_upload as o where o.made_at < now() - interval '1 hour')
insert into app.workbook_upload (token, account_id, unit, period, marks)
values ($1::text, $2::text, $3::text, $4::text, $5::jsonb)
