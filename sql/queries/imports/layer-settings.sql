-- Settings of these layers. $1 text[] layer ids. Primary key. Result: layer_id, anonymous_read.
select s.layer_id, s.anonymous_read from app.layer_setting as s where s.layer_id = any ($1::text[])
