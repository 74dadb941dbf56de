-- What change sets need to be taken back as one, and the documents of lists before a list is made.

create table app.change_set_report (
  change_set_id bigint not null constraint change_set_report_set references app.change_set (id) on delete cascade,
  site_code text not null,
  period text not null,
  former jsonb,
  constraint change_set_report_pkey primary key (change_set_id, site_code)
);
comment on table app.change_set_report is '成批变更之前的月报 / Reports as they stood before a change set';
comment on column app.change_set_report.former is '原月报,空为原无月报 / The row before; null where there was none';

create table app.uploaded_list_document (
  sha256 text not null constraint uploaded_list_document_sha256 check (sha256 ~ '^[0-9a-f]{64}$'),
  account_id text not null,
  file_name text not null,
  media_type text not null,
  byte_size bigint not null constraint uploaded_list_document_size check (byte_size > 0),
  uploaded_at timestamptz not null default now(),
  constraint uploaded_list_document_pkey primary key (account_id, sha256)
);
comment on table app.uploaded_list_document is '已上传、待成批变更采用的文件 / Documents of lists that are not made yet';
