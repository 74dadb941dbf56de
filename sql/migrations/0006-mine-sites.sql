-- Mine sites (座) and their patches (图斑); the extent of a site is the union of its patches.
create table geo.mine_site (
  id bigint generated always as identity constraint mine_site_pkey primary key,
  code text not null constraint mine_site_code unique,
  name text not null default '',
  name_sort text not null default '',
  county_adcode text,
  reporting_unit text constraint mine_site_reporting_unit references app.reporting_unit (code),
  former_codes text[] not null default '{}',
  status text not null default 'to_verify' constraint mine_site_status check (status in (
    'to_verify', 'verified', 'designing', 'approved', 'in_progress', 'natural_recovery', 'completed',
    'county_accepted', 'city_accepted', 'public_notice', 'closed', 'handed_over', 'rectifying', 'excluded')),
  status_on date,
  phase text generated always as (case status
    when 'to_verify' then 'not_started' when 'verified' then 'not_started'
    when 'designing' then 'preparing' when 'approved' then 'preparing'
    when 'in_progress' then 'in_works' when 'natural_recovery' then 'in_works'
    when 'completed' then 'awaiting_acceptance' when 'county_accepted' then 'awaiting_acceptance'
    when 'city_accepted' then 'accepted' when 'public_notice' then 'accepted'
    when 'closed' then 'closed' when 'handed_over' then 'closed'
    when 'rectifying' then 'rectifying' when 'excluded' then 'removed' end) stored,
  progress_percent double precision constraint mine_site_progress check (progress_percent between 0 and 100),
  township text,
  mineral text,
  mining_method text,
  liability text,
  damage_type text,
  remediation_mode text,
  planned_land_use text,
  plan_year integer,
  executing_unit text,
  declared_area_m2 double precision constraint mine_site_declared check (declared_area_m2 >= 0),
  treated_area_m2 double precision constraint mine_site_treated check (treated_area_m2 >= 0),
  accepted_area_m2 double precision constraint mine_site_accepted check (accepted_area_m2 >= 0),
  patch_count integer not null default 0,
  started_on date,
  completed_on date,
  accepted_on date,
  acceptance_document text,
  aftercare_until date,
  geom geometry(MultiPolygon, 4490)
    constraint mine_site_envelope check (geom @ ST_MakeEnvelope(73, 3, 136, 54, 4490)),
  anchor geometry(Point, 4490),
  area_m2 double precision,
  version integer not null default 1,
  dataset_id bigint not null constraint mine_site_dataset references app.dataset (id),
  data_kind text not null default 'official',
  updated_at timestamptz not null default now()
);
create index mine_site_geom on geo.mine_site using gist (geom);
create index mine_site_dataset on geo.mine_site (dataset_id);
create index mine_site_county on geo.mine_site (county_adcode);
comment on table geo.mine_site is '废弃矿山(座) / Mine sites';
comment on column geo.mine_site.area_m2 is '量算面积(平方米,CGCS2000 椭球) / Geodesic area, m²';
comment on column geo.mine_site.declared_area_m2 is '申报面积(平方米) / Declared area, m²';
create index mine_site_status on geo.mine_site (status);
create index mine_site_name_trigram on geo.mine_site using gin (name gin_trgm_ops);

create table geo.mine_patch (
  id bigint generated always as identity constraint mine_patch_pkey primary key,
  code text not null constraint mine_patch_code unique,
  name text not null default '',
  name_sort text not null default '',
  county_adcode text,
  site_code text not null constraint mine_patch_site references geo.mine_site (code) on update cascade on delete cascade,
  patch_kind text,
  declared_area_m2 double precision constraint mine_patch_declared check (declared_area_m2 >= 0),
  treated_area_m2 double precision constraint mine_patch_treated check (treated_area_m2 >= 0),
  geom geometry(MultiPolygon, 4490)
    constraint mine_patch_envelope check (geom @ ST_MakeEnvelope(73, 3, 136, 54, 4490)),
  anchor geometry(Point, 4490),
  area_m2 double precision,
  version integer not null default 1,
  dataset_id bigint not null constraint mine_patch_dataset references app.dataset (id),
  data_kind text not null default 'official',
  updated_at timestamptz not null default now()
);
create index mine_patch_geom on geo.mine_patch using gist (geom);
create index mine_patch_dataset on geo.mine_patch (dataset_id);
create index mine_patch_county on geo.mine_patch (county_adcode);
comment on table geo.mine_patch is '矿山图斑(个) / Mine patches';
create index mine_patch_site on geo.mine_patch (site_code);
