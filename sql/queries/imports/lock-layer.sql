-- Lets one import or taking back of a layer at a time change it; a second one waits. Released at the end of the transaction.
-- $1 text name of the layer or family of layers. Result: none.
select pg_advisory_xact_lock(hashtext('lantu import ' || $1))
