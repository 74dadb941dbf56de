-- Marking of mine sites: monthly reports with graded review, decisions, evidence, change sets, aftercare.

-- Legal steps between statuses; geodata/domain/workflow.ts says the same, filled by sql/functions/workflow-steps.sql.
create table app.workflow_step (
  from_status text not null,
  to_status text not null,
  taken_by text not null constraint workflow_step_taker check (taken_by in ('editor', 'county_reviewer', 'city_reviewer')),
  constraint workflow_step_pkey primary key (from_status, to_status, taken_by)
);
comment on table app.workflow_step is '状态流转:允许的步骤 / Legal steps between statuses';

create table app.change_set (
  id bigint generated always as identity constraint change_set_pkey primary key,
  kind text not null constraint change_set_kind
    check (kind in ('no_progress', 'decision', 'review', 'workbook', 'undo')),
  title text not null,
  document_number text,
  actor_id text,
  actor text not null,
  made_at timestamptz not null default now(),
  site_count integer not null default 0,
  undoes_id bigint constraint change_set_undoes references app.change_set (id),
  constraint change_set_undone_once unique (undoes_id)
);
comment on table app.change_set is '成批变更:一个文号或一张表一次 / Changes of many sites made and undone as one';
comment on column app.change_set.undoes_id is '本次撤销了哪一次 / The change set this one undid';

-- The answer of one site for one month; its steps are events, this row is where it stands.
create table app.mine_site_report (
  id bigint generated always as identity constraint mine_site_report_pkey primary key,
  site_code text not null constraint mine_site_report_site
    references geo.mine_site (code) on update cascade on delete cascade,
  period text not null constraint mine_site_report_period check (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  state text not null constraint mine_site_report_state
    check (state in ('submitted', 'county_passed', 'city_passed', 'returned', 'withdrawn')),
  round integer not null default 1 constraint mine_site_report_round check (round >= 1),
  effective_on date not null,
  answer jsonb not null,
  flags jsonb not null default '[]'::jsonb,
  submitted_by_id text,
  submitted_by text not null,
  submitted_at timestamptz not null,
  opened_at timestamptz,
  opened_by text,
  county_reviewed_at timestamptz,
  county_reviewed_by text,
  city_reviewed_at timestamptz,
  city_reviewed_by text,
  returned_by_level text constraint mine_site_report_level check (returned_by_level in ('county', 'city')),
  return_reason text,
  effect_seq bigint,
  constraint mine_site_report_once unique (site_code, period)
);
create index mine_site_report_state on app.mine_site_report (period, state);
comment on table app.mine_site_report is '月报:每座矿山每期一份 / Monthly report of a site';
comment on column app.mine_site_report.round is '第几次报送 / How often it was submitted';
comment on column app.mine_site_report.answer is '填报内容 / What was reported';
comment on column app.mine_site_report.flags is '需留意之处及其说明 / Unlikely values with the reasons given';
comment on column app.mine_site_report.opened_at is '上一级打开时间,此后不可撤回 / Opened by the next level; no withdrawing after';
comment on column app.mine_site_report.effect_seq is '县级审核通过时计入的留痕序号 / Event by which it took effect';

alter table app.mine_site_event
  add column kind text not null default 'record' constraint mine_site_event_kind check (kind in (
    'record', 'report_submitted', 'report_withdrawn', 'report_passed', 'report_confirmed', 'report_returned',
    'decision', 'correction', 'restoration', 'undo', 'import')),
  add column sets_state boolean not null default true,
  add column status_before text,
  add column actor_id text,
  add column changes jsonb,
  add column facts jsonb,
  add column reason text,
  add column evidence jsonb,
  add column report_id bigint,
  add column change_set_id bigint constraint mine_site_event_change_set references app.change_set (id);
comment on column app.mine_site_event.kind is '留痕类别;record 为补录的历史 / What happened; record: history taken over';
comment on column app.mine_site_event.sets_state is '是否决定当日状态(报送、退回等不决定)/ Whether the state of a day follows from it';
comment on column app.mine_site_event.changes is '逐字段的前后值 {"字段":[前,后]} / Before and after by field';
comment on column app.mine_site_event.facts is '其后成立的日期、文号等 / Dates and document numbers that hold after it';
comment on column app.mine_site_event.evidence is '所附材料的校验值 / Hashes of the evidence';
drop index app.mine_site_event_as_of;
create index mine_site_event_as_of on app.mine_site_event (site_code, effective_on desc, seq desc) where sets_state;
create index mine_site_event_site on app.mine_site_event (site_code, seq desc);
create index mine_site_event_period on app.mine_site_event (period, site_code);
create index mine_site_event_change_set on app.mine_site_event (change_set_id) where change_set_id is not null;

-- Photos and documents; the bytes lie by content hash outside the database.
create table app.attachment (
  id bigint generated always as identity constraint attachment_pkey primary key,
  site_code text not null constraint attachment_site
    references geo.mine_site (code) on update cascade on delete cascade,
  kind text not null constraint attachment_kind check (kind in ('photo', 'document')),
  moment text constraint attachment_moment check (moment in ('before', 'during', 'after')),
  purpose text,
  file_name text not null,
  sha256 text not null constraint attachment_sha256 check (sha256 ~ '^[0-9a-f]{64}$'),
  byte_size bigint not null constraint attachment_size check (byte_size > 0),
  media_type text not null,
  width integer,
  height integer,
  taken_at timestamptz,
  position geometry(Point, 4490),
  likeness text,
  checks jsonb not null default '[]'::jsonb,
  period text constraint attachment_period check (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  report_id bigint constraint attachment_report references app.mine_site_report (id) on delete set null,
  uploaded_by_id text,
  uploaded_by text not null,
  uploaded_at timestamptz not null default now(),
  withdrawn_at timestamptz,
  withdrawn_by text
);
create index attachment_site on app.attachment (site_code, uploaded_at desc);
create index attachment_sha256 on app.attachment (sha256);
comment on table app.attachment is '佐证材料:照片和文件 / Evidence: photos and documents';
comment on column app.attachment.purpose is '用途,取工作流的要求编号 / Requirement of the workflow it meets';
comment on column app.attachment.likeness is '感知散列(64 位,十六进制)/ Perceptual hash, 64 bits in hex';
comment on column app.attachment.checks is '自查结果 / What the evidence says of itself';

-- The document of a list: one paper for many sites.
create table app.change_set_document (
  change_set_id bigint not null constraint change_set_document_set references app.change_set (id) on delete cascade,
  sha256 text not null,
  file_name text not null,
  media_type text not null,
  byte_size bigint not null,
  constraint change_set_document_pkey primary key (change_set_id, sha256)
);
comment on table app.change_set_document is '成批变更的文件 / Documents of a change set';

alter table geo.mine_patch add column treated_on date;
alter table geo.mine_site
  add column recognition_number text,
  add column approval_number text,
  add column closing_number text,
  add column handover_number text;
comment on column geo.mine_site.recognition_number is '认定公告文号 / Recognition notice no.';
comment on column geo.mine_site.approval_number is '立项批复文号 / Approval no.';
comment on column geo.mine_site.closing_number is '销号清单文号 / Closing list no.';
comment on column geo.mine_site.handover_number is '移交文号 / Handover no.';
