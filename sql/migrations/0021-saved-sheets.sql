-- Sheets that accounts keep under a name, to make them again.
create table app.saved_sheet (
  account_id uuid not null
    constraint saved_sheet_account_fkey references app.account (id) on delete cascade,
  name text not null constraint saved_sheet_name_check check (char_length(name) between 1 and 60),
  spec jsonb not null,
  saved_at timestamptz not null default now(),
  constraint saved_sheet_pkey primary key (account_id, name)
);
comment on table app.saved_sheet is '账号保存的图幅 / Sheets kept by accounts';
comment on column app.saved_sheet.account_id is '账号 / Account';
comment on column app.saved_sheet.name is '名称,同一账号内唯一 / Name, unique within the account';
comment on column app.saved_sheet.spec is '图幅设置 / Spec of the sheet';
comment on column app.saved_sheet.saved_at is '保存时间 / When it was saved';
