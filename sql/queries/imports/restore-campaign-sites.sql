-- Lists sites in the campaigns they were in before, as far as both stand, and no others.
-- $1 bigint[] campaigns, $2 text[] site codes. Primary key. Result: none.
with former as (
  select k.campaign_id, k.site_code from unnest($1::bigint[], $2::text[]) as k (campaign_id, site_code)
), gone as (
  delete from app.campaign_site as c
  where not exists (select 1 from former as f where f.campaign_id = c.campaign_id and f.site_code = c.site_code)
)
insert into app.campaign_site (campaign_id, site_code)
select f.campaign_id, f.site_code
from former as f
join app.campaign as c on c.id = f.campaign_id
join geo.mine_site as s on s.code = f.site_code
on conflict do nothing
