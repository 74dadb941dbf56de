-- Lists the sites of a dataset in the campaign that began last. $1 dataset id. Index: mine_site_dataset.
-- Result: count of sites listed anew, and name of the campaign; no row without a campaign.
with campaign as (
  select c.id, c.name from app.campaign as c order by c.from_on desc, c.id desc limit 1
), linked as (
  insert into app.campaign_site (campaign_id, site_code)
  select campaign.id, s.code from campaign cross join geo.mine_site as s where s.dataset_id = $1::bigint
  on conflict do nothing
  returning 1
)
select campaign.name, (select count(*)::integer from linked) as count from campaign
