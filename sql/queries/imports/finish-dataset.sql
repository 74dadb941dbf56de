-- Count and report of a dataset whose features are stored.
-- $1 id, $2 number of features, $3 report as JSON text. Primary key.
update app.dataset set feature_count = $2, report = $3::jsonb where id = $1::bigint
