-- Which of these site codes are not in the site layer.
-- $1 text[] codes. Index: mine_site_code. Result: code.
select wanted.code
from unnest($1::text[]) as wanted (code)
where not exists (select 1 from geo.mine_site as site where site.code = wanted.code)
order by wanted.code
