/**
 * Sessions in the database, known there by a hash of their id only. This process remembers what it found for a moment, so
 * that a page full of tiles asks once; what ends or changes a session is in force at once where this process did it or
 * alone writes, elsewhere after that moment.
 */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import type { SignedInAccount } from '../../geodata/contract/session.ts';
import type { AccountSettings } from '../config.ts';
import type { Database, Queryable } from '../db/database.ts';
import { namedSql } from '../db/named-sql.ts';
import { type AccountRow, toAccount } from './account-row.ts';

export type OpenedSession = { id: string; account: SignedInAccount; csrfToken: string };

export type Sessions = {
  /** The account of a session that lasts; `isUse` begins its idle time anew. */
  find(id: string, isUse: boolean): Promise<SignedInAccount | undefined>;
  close(id: string): Promise<void>;
  /** Nothing remembered is used any more: accounts or sessions have changed. */
  forget(): void;
};

type Settings = Pick<AccountSettings, 'sessionIdleMinutes' | 'sessionHours' | 'passwordMaxAgeDays'>;
type SessionRow = AccountRow & { idle_seconds: number };
type Remembered = { account: SignedInAccount | undefined; until: number; writeCount: number | undefined };

const rememberedMs = 2_000;
const mostRemembered = 10_000;
/** How stale the note of the last use may be. */
const touchAfterSeconds = 60;

const lookup = { class: 'lookup' } as const;

export function createSessions(
  database: Pick<Database, 'query' | 'writeCount'>,
  settings: Settings,
  log: Pick<Logger, 'warn'>,
): Sessions {
  const remembered = new Map<string, Remembered>();
  const asking = new Map<string, Promise<SignedInAccount | undefined>>();
  let generation = 0;

  async function ask(idHash: string, isUse: boolean): Promise<SignedInAccount | undefined> {
    const asked = generation;
    const writeCount = database.writeCount();
    const [row] = await database.query<SessionRow>(
      namedSql('accounts/find-session'),
      [idHash, settings.sessionIdleMinutes, settings.sessionHours, settings.passwordMaxAgeDays],
      { ...lookup, isRepeated: true, readsOnly: true },
    );
    const account = row && toAccount(row);
    if (asked === generation) {
      if (remembered.size >= mostRemembered) remembered.clear();
      remembered.set(idHash, { account, until: Date.now() + rememberedMs, writeCount });
    }
    if (row !== undefined && isUse && row.idle_seconds > touchAfterSeconds) await touch(idHash);
    return account;
  }

  /** Reading goes on where nothing can be written; the session then ends by its idle time. */
  async function touch(idHash: string): Promise<void> {
    await database.query(namedSql('accounts/touch-session'), [idHash], lookup).catch((error: unknown) => {
      log.warn({ err: error }, 'the use of a session could not be noted');
    });
  }

  function forget(): void {
    generation += 1;
    remembered.clear();
    asking.clear();
  }

  return {
    async find(id, isUse) {
      const idHash = hashOfId(id);
      const known = remembered.get(idHash);
      if (known !== undefined && known.until > Date.now() && known.writeCount === database.writeCount())
        return known.account;
      const running = asking.get(idHash);
      if (running !== undefined) return running;
      const mine = ask(idHash, isUse).finally(() => {
        if (asking.get(idHash) === mine) asking.delete(idHash);
      });
      asking.set(idHash, mine);
      return mine;
    },
    async close(id) {
      await database.query(namedSql('accounts/close-session'), [hashOfId(id)], lookup);
      forget();
    },
    forget,
  };
}

/** A new session; `before` is the id of the one it takes the place of. */
export async function openSession(
  client: Queryable,
  settings: Settings,
  account: SignedInAccount,
  before?: string,
): Promise<OpenedSession> {
  const id = randomBytes(32).toString('base64url');
  await client.query(
    namedSql('accounts/open-session'),
    [
      hashOfId(id),
      account.id,
      before === undefined ? null : hashOfId(before),
      settings.sessionIdleMinutes,
      settings.sessionHours,
    ],
    lookup,
  );
  return { id, account, csrfToken: csrfTokenOf(id) };
}

/** How many there were. */
export async function closeSessionsOf(client: Queryable, accountId: string): Promise<number> {
  return (await client.query(namedSql('accounts/close-sessions-of'), [accountId], lookup)).length;
}

/** Follows from the id, which only the cookie holds: there is nothing to store. */
export function csrfTokenOf(sessionId: string): string {
  return createHmac('sha256', sessionId).update('lantu csrf').digest('base64url');
}

function hashOfId(id: string): string {
  return createHash('sha256').update(id).digest('hex');
}
