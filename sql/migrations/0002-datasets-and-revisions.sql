-- Where every feature comes from, and the counter that keys every cache.
create table app.dataset (
  id bigint generated always as identity constraint dataset_pkey primary key,
  layer_id text not null,
  kind text not null constraint dataset_kind check (kind in ('sample', 'official')),
  title text not null,
  source text not null,
  source_file text,
  source_sha256 text,
  source_crs text,
  source_encoding text,
  classification text not null default 'internal'
    constraint dataset_classification check (classification in ('public', 'internal', 'on_request')),
  as_of date not null,
  feature_count integer not null default 0 constraint dataset_feature_count check (feature_count >= 0),
  report jsonb not null default '{}'::jsonb,
  created_at timestamptz not null default now(),
  removed_at timestamptz
);
comment on table app.dataset is '数据集:每次入库一行 / One row per import';
comment on column app.dataset.as_of is '资料截止日期 / Data as of';
comment on column app.dataset.classification is '密级:public 公开,internal 工作秘密(内部),on_request 依申请公开 / Classification';
create index dataset_layer on app.dataset (layer_id) where removed_at is null;

create table app.layer_revision (
  layer_id text constraint layer_revision_pkey primary key,
  revision bigint not null default 1,
  changed_at timestamptz not null default now()
);
comment on table app.layer_revision is '图层修订号:改变图层的事务内加一 / Rises in the transaction that changes a layer';
comment on column app.dataset.kind is 'sample 示意数据,official 正式数据;图层表的 data_kind 由触发器照抄 / Copied to data_kind by trigger';
