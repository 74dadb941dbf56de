-- Schemas and the two extensions everything stands on.
create extension if not exists postgis;
create extension if not exists pg_trgm;
create schema if not exists app;
create schema if not exists geo;
comment on schema app is '业务数据:数据集、任务、填报单位、留痕 / Datasets, campaigns, units, trace';
comment on schema geo is '空间图层,CGCS2000 经纬度(EPSG:4490) / Spatial layers in CGCS2000 degrees';
