-- Imports: a place to stage rows, mapping profiles, what is needed to take an import back, and who may read without an account.
create schema stage;
comment on schema stage is '入库暂存与撤回所用的临时表,不属于成果 / Rows being imported, and rows kept for taking an import back';

alter table app.dataset
  add column mode text not null default 'replace'
    constraint dataset_mode check (mode in ('replace', 'upsert', 'append')),
  add column position_doubt text
    constraint dataset_position_doubt check (position_doubt in ('gcj02', 'beijing54', 'xian80')),
  add column taken_back_at timestamptz;
comment on column app.dataset.mode is '入库方式:replace 替换,upsert 更新,append 追加 / How the import changed the layer';
comment on column app.dataset.position_doubt is '位置存疑:坐标系需保密参数或经过加偏,整体偏移 / Why all positions are off';
comment on column app.dataset.taken_back_at is '撤回时间 / When the import was taken back';

create table app.import_profile (
  name text constraint import_profile_pkey primary key,
  layer_id text not null,
  columns jsonb not null,
  updated_at timestamptz not null default now()
);
comment on table app.import_profile is '字段对照方案 / Saved mappings of columns to fields';

create table app.layer_setting (
  layer_id text constraint layer_setting_pkey primary key,
  anonymous_read boolean not null,
  changed_at timestamptz not null default now()
);
comment on table app.layer_setting is '图层设置;没有行时按图层定义 / Settings of a layer, by its definition where there is no row';
comment on column app.layer_setting.anonymous_read is '无需登录即可查看 / May be read without an account';

create table stage.take_back (
  dataset_id bigint constraint take_back_pkey primary key,
  layer_id text not null,
  kept jsonb not null,
  kept_at timestamptz not null default now()
);
comment on table stage.take_back is '撤回一次入库所需:此前的数据集、设置和留痕位置;此前的要素在 stage.former_* / What taking an import back needs; former features are in stage.former_*';
