-- The trace of an export.
-- $1 actor, $2 layer id, $3 detail as JSON text. Result: none.
insert into app.audit (actor, action, subject, detail) values ($1, 'export', $2, $3::jsonb)
