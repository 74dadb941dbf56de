-- Locks the event chains before any feature, as every writer of events does. No parameters.
-- Result: dataset_id as text and last_seq as text of every chain. Small table, no index.
select c.dataset_id::text as dataset_id, c.last_seq::text as last_seq from app.event_chain as c order by c.dataset_id for update
