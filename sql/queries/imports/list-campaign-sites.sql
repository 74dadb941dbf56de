-- Which sites are in which campaign. No parameters. Result: campaign_id as text, site_code. Primary key.
select c.campaign_id::text as campaign_id, c.site_code from app.campaign_site as c order by c.campaign_id, c.site_code
