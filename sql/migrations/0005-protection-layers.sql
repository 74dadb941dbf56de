-- Protected nature: areas, wetland parks, corridors.
create table geo.protected_area (
  id bigint generated always as identity constraint protected_area_pkey primary key,
  code text not null constraint protected_area_code unique,
  name text not null default '',
  name_sort text not null default '',
  county_adcode text,
  kind text,
  level text,
  published_area_m2 double precision,
  note text,
  geom geometry(MultiPolygon, 4490)
    constraint protected_area_envelope check (geom @ ST_MakeEnvelope(73, 3, 136, 54, 4490)),
  anchor geometry(Point, 4490),
  area_m2 double precision,
  version integer not null default 1,
  dataset_id bigint not null constraint protected_area_dataset references app.dataset (id),
  data_kind text not null default 'official',
  updated_at timestamptz not null default now()
);
create index protected_area_geom on geo.protected_area using gist (geom);
create index protected_area_dataset on geo.protected_area (dataset_id);
create index protected_area_county on geo.protected_area (county_adcode);
comment on table geo.protected_area is '自然保护地 / Protected areas';
create table geo.wetland_park (
  id bigint generated always as identity constraint wetland_park_pkey primary key,
  code text not null constraint wetland_park_code unique,
  name text not null default '',
  name_sort text not null default '',
  county_adcode text,
  level text,
  park_state text,
  published_area_m2 double precision,
  wetland_area_m2 double precision,
  wetland_rate_percent double precision,
  note text,
  geom geometry(MultiPolygon, 4490)
    constraint wetland_park_envelope check (geom @ ST_MakeEnvelope(73, 3, 136, 54, 4490)),
  anchor geometry(Point, 4490),
  area_m2 double precision,
  version integer not null default 1,
  dataset_id bigint not null constraint wetland_park_dataset references app.dataset (id),
  data_kind text not null default 'official',
  updated_at timestamptz not null default now()
);
create index wetland_park_geom on geo.wetland_park using gist (geom);
create index wetland_park_dataset on geo.wetland_park (dataset_id);
create index wetland_park_county on geo.wetland_park (county_adcode);
comment on table geo.wetland_park is '湿地公园 / Wetland parks';
create table geo.biodiversity_corridor (
  id bigint generated always as identity constraint biodiversity_corridor_pkey primary key,
  code text not null constraint biodiversity_corridor_code unique,
  name text not null default '',
  name_sort text not null default '',
  county_adcode text,
  system text,
  kind text,
  from_area text,
  to_area text,
  min_elevation_m integer,
  mean_width_m double precision,
  least_width_m double precision,
  break_count integer,
  corridor_state text,
  axis geometry(MultiLineString, 4490)
    constraint biodiversity_corridor_axis_envelope check (axis @ ST_MakeEnvelope(73, 3, 136, 54, 4490)),
  length_m double precision,
  geom geometry(MultiPolygon, 4490)
    constraint biodiversity_corridor_envelope check (geom @ ST_MakeEnvelope(73, 3, 136, 54, 4490)),
  anchor geometry(Point, 4490),
  area_m2 double precision,
  version integer not null default 1,
  dataset_id bigint not null constraint biodiversity_corridor_dataset references app.dataset (id),
  data_kind text not null default 'official',
  updated_at timestamptz not null default now()
);
create index biodiversity_corridor_geom on geo.biodiversity_corridor using gist (geom);
create index biodiversity_corridor_dataset on geo.biodiversity_corridor (dataset_id);
create index biodiversity_corridor_county on geo.biodiversity_corridor (county_adcode);
comment on table geo.biodiversity_corridor is '生物多样性廊道 / Biodiversity corridors';
