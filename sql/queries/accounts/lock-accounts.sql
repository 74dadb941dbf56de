-- Purpose: lets one change of accounts at a time look whether an administrator is left; released at the end of the
-- transaction. No parameters, no result.
select pg_advisory_xact_lock(hashtext('lantu accounts'))
