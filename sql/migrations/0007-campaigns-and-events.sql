-- Plans are data: a campaign (任务) has a base and dates; events are append-only and hash-chained per dataset.
create table app.campaign (
  id bigint generated always as identity constraint campaign_pkey primary key,
  code text not null constraint campaign_code unique,
  name text not null,
  name_en text not null,
  document text not null,
  base_count integer not null constraint campaign_base_count check (base_count > 0),
  base_area_m2 double precision not null constraint campaign_base_area check (base_area_m2 > 0),
  area_basis text not null default 'declared'
    constraint campaign_area_basis check (area_basis in ('declared', 'measured', 'accepted')),
  from_on date not null,
  to_on date not null,
  closed_on date,
  dataset_id bigint not null constraint campaign_dataset references app.dataset (id),
  constraint campaign_dates check (from_on <= to_on)
);
comment on table app.campaign is '任务(专项) / Campaigns with their assigned base';

create table app.campaign_site (
  campaign_id bigint not null constraint campaign_site_campaign references app.campaign (id) on delete cascade,
  site_code text not null constraint campaign_site_site
    references geo.mine_site (code) on update cascade on delete cascade,
  constraint campaign_site_pkey primary key (campaign_id, site_code)
);
create index campaign_site_site on app.campaign_site (site_code);

create table app.event_chain (
  dataset_id bigint constraint event_chain_pkey primary key
    constraint event_chain_dataset references app.dataset (id),
  last_seq bigint not null default 0,
  last_hash text not null default ''
);
comment on table app.event_chain is '留痕链:每个数据集一条 / One hash chain per dataset';

create table app.mine_site_event (
  dataset_id bigint not null constraint mine_site_event_chain references app.event_chain (dataset_id),
  seq bigint not null,
  site_code text not null,
  status text not null,
  effective_on date not null,
  period text not null constraint mine_site_event_period check (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  recorded_at timestamptz not null,
  recorded_by text not null,
  progress_percent double precision,
  treated_area_m2 double precision,
  note text,
  hashed_text text not null,
  hash text not null,
  constraint mine_site_event_pkey primary key (dataset_id, seq)
);
comment on table app.mine_site_event is '矿山进展留痕:只增不改 / Progress of mine sites, append-only';
comment on column app.mine_site_event.effective_on is '发生日期 / Day of the fact';
comment on column app.mine_site_event.period is '填报期 / Period it counts for';
comment on column app.mine_site_event.recorded_at is '记录时间 / When it was recorded';
create index mine_site_event_as_of on app.mine_site_event (site_code, effective_on desc, seq desc);

create table app.audit (
  id bigint generated always as identity constraint audit_pkey primary key,
  at timestamptz not null default now(),
  actor text not null,
  action text not null,
  subject text not null,
  detail jsonb not null default '{}'::jsonb
);
comment on table app.audit is '操作日志 / What was done by whom';
