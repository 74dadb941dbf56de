-- A campaign and its sites, which must be stored already.
-- $1 code, $2 name, $3 English name, $4 document, $5 base count, $6 base area in m², $7 from, $8 to, $9 dataset id,
-- $10 site codes. Primary keys.
with campaign as (
  insert into app.campaign (code, name, name_en, document, base_count, base_area_m2, from_on, to_on, dataset_id)
  values ($1, $2, $3, $4, $5, $6, $7::date, $8::date, $9::bigint)
  returning id
)
insert into app.campaign_site (campaign_id, site_code)
select campaign.id, s.code from campaign cross join unnest($10::text[]) as s (code)
