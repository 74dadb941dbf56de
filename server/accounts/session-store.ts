/** Sessions of those who signed in, in the memory of this process: a restart signs everyone out. */
import { randomBytes } from 'node:crypto';
import type { Account } from '../../geodata/contract/session.ts';

export type StoredSession = { id: string; account: Account; csrfToken: string };

export type SessionStore = {
  /** A new session, its id 256 random bits; the one unused longest goes when there are too many. */
  open(account: Account): StoredSession;
  /** The session, whose idle time begins anew; undefined when there is none or it has ended. */
  find(id: string): StoredSession | undefined;
  close(id: string): void;
};

export type SessionLimits = {
  /** Ends a session nobody has used for so long. */
  idleMs: number;
  /** Ends it however much it is used. */
  longestMs: number;
  most: number;
};

const defaultLimits: SessionLimits = { idleMs: 60 * 60_000, longestMs: 12 * 60 * 60_000, most: 100 };

export function createSessionStore(
  limits: SessionLimits = defaultLimits,
  now: () => number = Date.now,
): SessionStore {
  // In the order of last use: the first is the one unused longest.
  const sessions = new Map<string, StoredSession & { openedAt: number; usedAt: number }>();
  return {
    open(account) {
      const id = randomBytes(32).toString('base64url');
      const csrfToken = randomBytes(32).toString('base64url');
      const session = { id, account, csrfToken, openedAt: now(), usedAt: now() };
      sessions.set(id, session);
      const [oldest] = sessions.keys();
      if (sessions.size > limits.most && oldest !== undefined) sessions.delete(oldest);
      return session;
    },
    find(id) {
      const session = sessions.get(id);
      if (session === undefined) return undefined;
      sessions.delete(id);
      if (now() - session.usedAt > limits.idleMs || now() - session.openedAt > limits.longestMs) {
        return undefined;
      }
      session.usedAt = now();
      sessions.set(id, session);
      return session;
    },
    close(id) {
      sessions.delete(id);
    },
  };
}
