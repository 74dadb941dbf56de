-- The trace of taking an import back. $1 actor, $2 layer id, $3 detail as JSON text. Result: none.
insert into app.audit (actor, action, subject, detail) values ($1, 'take-back', $2, $3::jsonb)
