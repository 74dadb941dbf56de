-- Lets one loader at a time look whether the database is empty; released at the end of the transaction.
-- No parameters, no result.
select pg_advisory_xact_lock(hashtext('lantu load sample'))
