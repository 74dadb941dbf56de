-- Counties, rivers and reporting units.
create table geo.county (
  id bigint generated always as identity constraint county_pkey primary key,
  code text not null constraint county_code unique,
  name text not null,
  name_sort text not null default '',
  name_en text not null default '',
  adcode text not null constraint county_adcode_unique unique,
  county_adcode text generated always as (adcode) stored,
  geom geometry(MultiPolygon, 4490)
    constraint county_envelope check (geom @ ST_MakeEnvelope(73, 3, 136, 54, 4490)),
  anchor geometry(Point, 4490),
  area_m2 double precision,
  version integer not null default 1,
  dataset_id bigint not null constraint county_dataset references app.dataset (id),
  data_kind text not null default 'official',
  updated_at timestamptz not null default now()
);
create index county_geom on geo.county using gist (geom);
create index county_dataset on geo.county (dataset_id);
comment on table geo.county is '县(市、区) / County-level units';

create table geo.river (
  id bigint generated always as identity constraint river_pkey primary key,
  code text not null constraint river_code unique,
  name text not null,
  name_sort text not null default '',
  geom geometry(MultiLineString, 4490)
    constraint river_envelope check (geom @ ST_MakeEnvelope(73, 3, 136, 54, 4490)),
  length_m double precision,
  version integer not null default 1,
  dataset_id bigint not null constraint river_dataset references app.dataset (id),
  data_kind text not null default 'official',
  updated_at timestamptz not null default now()
);
create index river_geom on geo.river using gist (geom);
create index river_dataset on geo.river (dataset_id);
comment on table geo.river is '水系 / Rivers';

create table app.reporting_unit (
  code text constraint reporting_unit_pkey primary key,
  name text not null,
  name_en text not null,
  kind text not null constraint reporting_unit_kind check (kind in ('county', 'zone')),
  county_adcode text,
  sort_order integer not null default 0
);
comment on table app.reporting_unit is '填报单位:县(市、区)或无代码的园区 / Counties and zones that report';
