-- Accounts of people with their sessions, and the audit as a hash chain of its own.
create table app.account (
  id uuid default gen_random_uuid() constraint account_pkey primary key,
  username text not null constraint account_username_form check (username ~ '^[a-z0-9][a-z0-9._-]{1,63}$')
    constraint account_username unique,
  display_name text not null constraint account_display_name check (length(display_name) between 1 and 100),
  role text not null constraint account_role check (role in (
    'viewer', 'editor', 'county_reviewer', 'city_reviewer', 'administrator', 'auditor')),
  layers text[] not null default '{}',
  units text[] not null default '{}',
  password_hash text not null constraint account_password_hash check (password_hash like '$argon2id$%'),
  password_changed_at timestamptz not null default now(),
  password_is_issued boolean not null default true,
  must_change_password boolean not null default false,
  is_sample boolean not null default false,
  disabled_at timestamptz,
  last_sign_in_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  created_by text not null,
  updated_at timestamptz not null default now()
);
comment on table app.account is '账号;用户名一律小写 / Accounts of people, their usernames in lower case';
comment on column app.account.layers is '权限范围:图层 / Layers of the scope of editors and county reviewers';
comment on column app.account.units is '权限范围:填报单位代码 / Codes of reporting units of that scope';
comment on column app.account.password_is_issued is '口令由系统或管理员给出,本人尚未更换 / The password was given, not chosen by its holder';

-- No reference to app.account: a backup holds accounts but no sessions, and an id that no account has opens nothing.
create table app.session (
  id_hash text constraint session_pkey primary key,
  account_id uuid not null,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now()
);
create index session_account on app.session (account_id);
comment on table app.session is '登录会话;只存会话标识的散列 / Sessions, by the hash of their id';

create table app.sign_in_attempt (
  key text constraint sign_in_attempt_pkey primary key,
  most integer not null,
  attempts integer not null default 0,
  since timestamptz not null default now(),
  locked_until timestamptz
);
comment on table app.sign_in_attempt is '登录尝试计数:每个用户名、每个地址一行 / Attempts to sign in, by username and by address';

create table app.audit_chain (
  is_only boolean default true constraint audit_chain_pkey primary key
    constraint audit_chain_is_only check (is_only),
  last_seq bigint not null default 0,
  last_hash text not null default ''
);
comment on table app.audit_chain is '操作日志链的末端 / End of the chain of the audit';

alter table app.audit add column seq bigint, add column hashed_text text, add column hash text;
comment on column app.audit.seq is '链上序号,从1起连续 / Place in the chain, from 1 without gaps';

-- Rows written before there was a chain are chained in their order; the text is that of app.audit_text.
do $$
declare
  a app.audit;
  place bigint := 0;
  text_now text;
  hash_now text := '';
begin
  for a in select v.* from app.audit as v order by v.id loop
    place := place + 1;
    text_now := json_build_array('lantu-audit-1', place::text,
      to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      a.actor, a.action, a.subject, a.detail::text)::text;
    hash_now := encode(sha256(convert_to(hash_now || text_now, 'UTF8')), 'hex');
    update app.audit set seq = place, hashed_text = text_now, hash = hash_now where id = a.id;
  end loop;
  if place > 0 then
    insert into app.audit_chain (last_seq, last_hash) values (place, hash_now);
  end if;
end $$;

alter table app.audit
  alter column seq set not null, alter column hashed_text set not null, alter column hash set not null,
  add constraint audit_seq unique (seq);
create index audit_at on app.audit (at);
