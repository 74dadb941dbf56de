-- Purpose: one at a time puts files of evidence in their place or takes them away, until the transaction ends.
-- Parameters: none. Result: one row without meaning. Index used: none.
select pg_advisory_xact_lock(hashtext('lantu.evidence'))
