-- Removes the sample mine sites with all that hangs on them, audited; see sql/functions/clear-sample.sql.
-- $1 who. Result: removed (rows by table as JSON).
select app.clear_sample_mines($1) as removed
