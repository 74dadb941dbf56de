-- Layers that control what may be built where.
create table geo.ecological_red_line (
  id bigint generated always as identity constraint ecological_red_line_pkey primary key,
  code text not null constraint ecological_red_line_code unique,
  name text not null default '',
  name_sort text not null default '',
  county_adcode text,
  red_line_type text,
  batch text,
  geom geometry(MultiPolygon, 4490)
    constraint ecological_red_line_envelope check (geom @ ST_MakeEnvelope(73, 3, 136, 54, 4490)),
  anchor geometry(Point, 4490),
  area_m2 double precision,
  version integer not null default 1,
  dataset_id bigint not null constraint ecological_red_line_dataset references app.dataset (id),
  data_kind text not null default 'official',
  updated_at timestamptz not null default now()
);
create index ecological_red_line_geom on geo.ecological_red_line using gist (geom);
create index ecological_red_line_dataset on geo.ecological_red_line (dataset_id);
create index ecological_red_line_county on geo.ecological_red_line (county_adcode);
comment on table geo.ecological_red_line is '生态保护红线 / Ecological red lines';
create table geo.permanent_basic_farmland (
  id bigint generated always as identity constraint permanent_basic_farmland_pkey primary key,
  code text not null constraint permanent_basic_farmland_code unique,
  name text not null default '',
  name_sort text not null default '',
  county_adcode text,
  geom geometry(MultiPolygon, 4490)
    constraint permanent_basic_farmland_envelope check (geom @ ST_MakeEnvelope(73, 3, 136, 54, 4490)),
  anchor geometry(Point, 4490),
  area_m2 double precision,
  version integer not null default 1,
  dataset_id bigint not null constraint permanent_basic_farmland_dataset references app.dataset (id),
  data_kind text not null default 'official',
  updated_at timestamptz not null default now()
);
create index permanent_basic_farmland_geom on geo.permanent_basic_farmland using gist (geom);
create index permanent_basic_farmland_dataset on geo.permanent_basic_farmland (dataset_id);
create index permanent_basic_farmland_county on geo.permanent_basic_farmland (county_adcode);
comment on table geo.permanent_basic_farmland is '永久基本农田 / Permanent basic farmland';
create table geo.urban_growth_boundary (
  id bigint generated always as identity constraint urban_growth_boundary_pkey primary key,
  code text not null constraint urban_growth_boundary_code unique,
  name text not null default '',
  name_sort text not null default '',
  county_adcode text,
  geom geometry(MultiPolygon, 4490)
    constraint urban_growth_boundary_envelope check (geom @ ST_MakeEnvelope(73, 3, 136, 54, 4490)),
  anchor geometry(Point, 4490),
  area_m2 double precision,
  version integer not null default 1,
  dataset_id bigint not null constraint urban_growth_boundary_dataset references app.dataset (id),
  data_kind text not null default 'official',
  updated_at timestamptz not null default now()
);
create index urban_growth_boundary_geom on geo.urban_growth_boundary using gist (geom);
create index urban_growth_boundary_dataset on geo.urban_growth_boundary (dataset_id);
create index urban_growth_boundary_county on geo.urban_growth_boundary (county_adcode);
comment on table geo.urban_growth_boundary is '城镇开发边界 / Urban growth boundaries';
create table geo.water_source_protection_area (
  id bigint generated always as identity constraint water_source_protection_area_pkey primary key,
  code text not null constraint water_source_protection_area_code unique,
  name text not null default '',
  name_sort text not null default '',
  county_adcode text,
  geom geometry(MultiPolygon, 4490)
    constraint water_source_protection_area_envelope check (geom @ ST_MakeEnvelope(73, 3, 136, 54, 4490)),
  anchor geometry(Point, 4490),
  area_m2 double precision,
  version integer not null default 1,
  dataset_id bigint not null constraint water_source_protection_area_dataset references app.dataset (id),
  data_kind text not null default 'official',
  updated_at timestamptz not null default now()
);
create index water_source_protection_area_geom on geo.water_source_protection_area using gist (geom);
create index water_source_protection_area_dataset on geo.water_source_protection_area (dataset_id);
create index water_source_protection_area_county on geo.water_source_protection_area (county_adcode);
comment on table geo.water_source_protection_area is '饮用水水源保护区 / Drinking water source protection areas';
