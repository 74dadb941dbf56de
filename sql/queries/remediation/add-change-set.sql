-- Purpose: a change set, before the events that refer to it.
-- Parameters: $1 text kind, $2 text title, $3 text document number or null, $4 text id and $5 text name of who makes it,
-- $6 integer sites, $7 bigint the one it takes back or null. Result: id as text. Index used: change_set_undone_once.
insert into app.change_set (kind, title, document_number, actor_id, actor, site_count, undoes_id)
values ($1::text, $2::text, $3::text, $4::text, $5::text, $6::integer, $7::bigint)
returning id::text as id
