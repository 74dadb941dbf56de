-- Workbooks that were looked at and wait for an hour to be applied.
create table app.workbook_upload (
  token text not null constraint workbook_upload_pkey primary key,
  account_id text not null,
  unit text not null,
  period text not null,
  marks jsonb not null,
  made_at timestamptz not null default now()
);
comment on table app.workbook_upload is '已核对、待提交的填报表 / Workbooks looked at and not applied yet';
