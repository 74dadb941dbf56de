-- Removes everything synthetic, audited; see sql/functions/clear-sample.sql.
-- $1 who. Result: removed (rows by table as JSON).
select app.clear_sample($1) as removed
