/** Accounts added, changed, disabled and given another password; each change leaves a line in the audit. */
import type { AccountChange, AccountRecord, NewAccount } from '../../geodata/contract/accounts.ts';
import { roleIdSchema } from '../../geodata/contract/session.ts';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context } from '../context.ts';
import type { Queryable } from '../db/database.ts';
import { namedSql } from '../db/named-sql.ts';
import { ConflictError, NotFoundError, PreconditionFailedError } from '../errors.ts';
import type { AccountRow } from './account-row.ts';
import { checkScope } from './account-scope.ts';
import { unlockUsername } from './attempts.ts';
import { forgetKeptPassword } from './kept-passwords.ts';
import { createPasswords, randomPassword } from './passwords.ts';
import { closeSessionsOf } from './sessions.ts';

type Place = Pick<Context, 'config' | 'database' | 'region' | 'catalogue'>;

type ListedRow = AccountRow & {
  password_is_issued: boolean;
  is_sample: boolean;
  created_by: string;
  version: number;
  disabled_at: string | null;
  password_changed_at: string;
  last_sign_in_at: string | null;
  created_at: string;
  sessions: number;
};

const lookup = { class: 'lookup' } as const;

/** By username. */
export async function listAccounts(
  { config, database }: Pick<Place, 'config' | 'database'>,
  client: Queryable = database,
  id: string | null = null,
): Promise<AccountRecord[]> {
  const { sessionIdleMinutes, sessionHours } = config.accounts;
  const rows = await client.query<ListedRow>(
    namedSql('accounts/list-accounts'),
    [id, sessionIdleMinutes, sessionHours],
    { ...lookup, readsOnly: true },
  );
  return rows.map(toRecord);
}

export type AddedAccount = { account: AccountRecord; password: string };

export type AddOptions = {
  actor: string;
  /** Of the sample: goes with it, and its password need not be changed. */
  isSample?: boolean;
};

/** Adds an account with a password made up for it. Throws ConflictError for a username that is taken, UnprocessableError. */
export async function addAccount(
  place: Place,
  asked: NewAccount,
  options: AddOptions,
): Promise<AddedAccount> {
  const password = randomPassword();
  const passwordHash = await createPasswords(place.config.accounts.passwordCost).hash(password);
  const account = await place.database.transaction(
    (client) => insertAccount(place, client, asked, { ...options, passwordHash }),
    { class: 'lookup' },
  );
  if (account === null) throw usernameTaken(asked.username);
  return { account, password };
}

/** Null where the username is taken. */
export async function insertAccount(
  place: Place,
  client: Queryable,
  asked: NewAccount,
  { actor, isSample = false, passwordHash }: AddOptions & { passwordHash: string },
): Promise<AccountRecord | null> {
  const { username, name, role } = asked;
  const { layers, units } = checkScope(place, asked);
  const [added] = await client.query<{ id: string }>(
    namedSql('accounts/add-account'),
    [username, name, role, layers, units, passwordHash, !isSample, isSample, actor],
    lookup,
  );
  if (added === undefined) return null;
  await recordAudit(client, {
    actor,
    action: 'account.add',
    subject: username,
    detail: { name, role, layers, units, ...(isSample ? { isSample } : {}) },
  });
  return requireAccount(place, client, added.id);
}

/**
 * The account as it is then. Throws NotFoundError, PreconditionFailedError where `version` is not the present one,
 * ConflictError where no administrator would be left, UnprocessableError for a scope that cannot be.
 */
export async function changeAccount(
  place: Place,
  {
    id,
    version,
    change,
    actor,
  }: { id: string; version: number | null; change: AccountChange; actor: string },
): Promise<AccountRecord> {
  return place.database.transaction(
    async (client) => {
      await client.query(namedSql('accounts/lock-accounts'), [], lookup);
      const before = await requireAccount(place, client, id);
      if (version !== null && version !== before.version) throw changedMeanwhile(before);
      const { disabled = before.disabledAt !== null, ...rest } = change;
      const after = { ...before, ...rest };
      const { layers, units } = checkScope(place, after);
      await client.query(
        namedSql('accounts/change-account'),
        [id, after.name, after.role, layers, units, disabled],
        lookup,
      );
      const isReduced = disabled && before.disabledAt === null;
      if (before.role === 'administrator' && (isReduced || after.role !== 'administrator'))
        await requireAdministrator(client);
      if (isReduced) await closeSessionsOf(client, id);
      const changed = await requireAccount(place, client, id);
      await recordAudit(client, {
        actor,
        action: isReduced
          ? 'account.disable'
          : !disabled && before.disabledAt !== null
            ? 'account.enable'
            : 'account.change',
        subject: before.username,
        detail: { before: toldOf(before), after: toldOf(changed) },
      });
      return changed;
    },
    { class: 'lookup' },
  );
}

/** Gives another password, which must be changed at once, ends all sessions and unlocks the username. */
export async function resetPassword(
  place: Place,
  { id, actor }: { id: string; actor: string },
): Promise<AddedAccount> {
  const password = randomPassword();
  const passwordHash = await createPasswords(place.config.accounts.passwordCost).hash(password);
  const account = await place.database.transaction(
    async (client) => {
      const { username } = await requireAccount(place, client, id);
      await client.query(namedSql('accounts/set-password'), [id, passwordHash, true, true, null], lookup);
      const sessions = await closeSessionsOf(client, id);
      await unlockUsername(client, username);
      await recordAudit(client, { actor, action: 'account.reset', subject: username, detail: { sessions } });
      return requireAccount(place, client, id);
    },
    { class: 'lookup' },
  );
  await forgetKeptPassword(place.config.dataDir, account.username);
  return { account, password };
}

/** Ends every session of the account. */
export async function endSessions(
  place: Place,
  { id, actor }: { id: string; actor: string },
): Promise<AccountRecord> {
  return place.database.transaction(
    async (client) => {
      const { username } = await requireAccount(place, client, id);
      const sessions = await closeSessionsOf(client, id);
      await recordAudit(client, {
        actor,
        action: 'account.end-sessions',
        subject: username,
        detail: { sessions },
      });
      return requireAccount(place, client, id);
    },
    { class: 'lookup' },
  );
}

/** Throws NotFoundError. */
export async function findByUsername(place: Place, username: string): Promise<AccountRecord> {
  const all = await listAccounts(place);
  const found = all.find((account) => account.username === username.toLowerCase());
  if (found !== undefined) return found;
  const known = all.map((account) => account.username).join('、') || '—';
  throw new NotFoundError({
    zh: `没有账号“${username}”。现有:${known}`,
    en: `There is no account "${username}". There are: ${known}`,
  });
}

async function requireAccount(place: Place, client: Queryable, id: string): Promise<AccountRecord> {
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
  const [account] = isId ? await listAccounts(place, client, id) : [];
  if (account !== undefined) return account;
  throw new NotFoundError({
    zh: '没有这个账号;请刷新列表。',
    en: 'There is no such account; load the list again.',
  });
}

async function requireAdministrator(client: Queryable): Promise<void> {
  const [counts] = await client.query<{ administrators: number }>(
    namedSql('accounts/count-accounts'),
    [],
    lookup,
  );
  if ((counts?.administrators ?? 0) > 0) return;
  throw new ConflictError({
    zh: '这是最后一个可用的管理员账号,不能停用或改为其他角色;请先另设一个管理员。',
    en: 'This is the last administrator who may sign in; it cannot be disabled or given another role. Make another administrator first.',
  });
}

function toldOf({ name, role, layers, units }: AccountRecord): object {
  return { name, role, layers, units };
}

function toRecord(row: ListedRow): AccountRecord {
  return {
    id: row.id,
    username: row.username,
    name: row.display_name,
    role: roleIdSchema.parse(row.role),
    layers: row.layers,
    units: row.units,
    disabledAt: row.disabled_at,
    mustChangePassword: row.must_change_password,
    passwordIsIssued: row.password_is_issued,
    passwordChangedAt: row.password_changed_at,
    lastSignInAt: row.last_sign_in_at,
    sessions: row.sessions,
    isSample: row.is_sample,
    createdAt: row.created_at,
    createdBy: row.created_by,
    version: row.version,
  };
}

function usernameTaken(username: string): ConflictError {
  return new ConflictError(
    {
      zh: `用户名“${username}”已被使用,请换一个。`,
      en: `The username "${username}" is taken; choose another.`,
    },
    { field: 'username' },
  );
}

function changedMeanwhile({ version }: AccountRecord): PreconditionFailedError {
  return new PreconditionFailedError(
    {
      zh: `账号已被别人修改(现为第 ${version} 版),请刷新后重试。`,
      en: `The account was changed meanwhile (it is version ${version} now); load it again.`,
    },
    { field: 'If-Match' },
  );
}
