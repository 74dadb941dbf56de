-- What hangs on the mine layers: replacing them would tear it.
-- No parameters. Result: sample (datasets of the mine layers now loaded that are sample), events, and sites of a campaign.
select
  (select count(*)::integer from app.dataset
    where layer_id in ('mine_sites', 'mine_patches') and kind = 'sample' and removed_at is null) as samples,
  (select count(*)::integer from app.mine_site_event) as events,
  (select count(*)::integer from app.campaign_site) as campaign_sites
