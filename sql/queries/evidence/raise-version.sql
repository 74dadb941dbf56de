-- Purpose: a change beside a site's own row raises its version. Parameters: $1 text code.
-- Result: one row: version, the new one. Index used: mine_site_code.
select app.raise_site_version($1) as version
