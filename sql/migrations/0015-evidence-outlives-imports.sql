-- An import that replaces all sites removes each row and writes it anew: evidence stays, as events do, and belongs to the
-- site of its code again. Only that of sample sites goes with them (sql/functions/evidence.sql).
alter table app.attachment drop constraint attachment_site;
