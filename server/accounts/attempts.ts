/**
 * Attempts to sign in, counted for each username, whether there is such an account or not, and for each address, in the
 * database: every process counts the same. Too many lock it for a while, and the right password does not help then.
 */
import { createHash } from 'node:crypto';
import type { Queryable } from '../db/database.ts';
import { namedSql } from '../db/named-sql.ts';
import { RateLimitedError } from '../errors.ts';

/**
 * `program`: with each request, by HTTP Basic. Counted apart, so that a program that goes on with an old password keeps
 * nobody from signing in.
 */
export type Attempt = { username: string; address: string; by: 'person' | 'program' };

/** Wrong passwords of one username, and of one address, behind which a whole bureau may stand. */
export const attemptLimits = { ofUsername: 5, ofAddress: 50, windowMinutes: 15, lockMinutes: 15 };

type AttemptRow = { key: string; locked_seconds: number | null; is_newly_locked: boolean };

const lookup = { class: 'lookup' } as const;

/**
 * Counts it, before the password is looked at. Throws RateLimitedError with the time from which it may be tried again;
 * `onLock` is told first when it is this attempt that locks.
 */
export async function countAttempt(
  client: Queryable,
  attempt: Attempt,
  onLock: (what: 'username' | 'address') => Promise<void>,
): Promise<void> {
  const { ofUsername, ofAddress, windowMinutes, lockMinutes } = attemptLimits;
  const keys = keysOf(attempt);
  const rows = await client.query<AttemptRow>(
    namedSql('accounts/count-attempt'),
    [[keys.username, keys.address], [ofUsername, ofAddress], windowMinutes, lockMinutes],
    lookup,
  );
  for (const { key, is_newly_locked } of rows) {
    if (is_newly_locked) await onLock(key === keys.username ? 'username' : 'address');
  }
  const seconds = Math.max(0, ...rows.map(({ locked_seconds }) => locked_seconds ?? 0));
  if (seconds > 0) throw tooManyAttempts(seconds);
}

/** The password was right. */
export async function forgetAttempts(client: Queryable, attempt: Attempt): Promise<void> {
  const keys = keysOf(attempt);
  await client.query(namedSql('accounts/forget-attempts'), [[keys.username], keys.address], lookup);
}

/** Whoever is in charge unlocks the username. */
export async function unlockUsername(client: Queryable, username: string): Promise<void> {
  const keys = (['person', 'program'] as const).map((by) => keysOf({ username, address: '', by }).username);
  await client.query(namedSql('accounts/forget-attempts'), [keys, null], lookup);
}

/** A password typed where the name belongs is not kept either. */
function keysOf({ username, address, by }: Attempt): { username: string; address: string } {
  return {
    username: `${by} ${createHash('sha256').update(username.toLowerCase()).digest('hex')}`,
    address: `${by} from ${address}`,
  };
}

const timeOfDay = (language: string, at: Date): string =>
  new Intl.DateTimeFormat(language, {
    timeZone: 'Asia/Shanghai',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);

function tooManyAttempts(seconds: number): RateLimitedError {
  // The next full minute, for it is told without seconds.
  const at = new Date(Math.ceil((Date.now() + seconds * 1_000) / 60_000) * 60_000);
  return new RateLimitedError(
    {
      zh: `登录失败次数过多,已暂时锁定。请在 ${timeOfDay('zh-CN', at)}(北京时间)之后再试,或请管理员重置密码。`,
      en: `Too many failed attempts to sign in, so this is locked for a while. Try again after ${timeOfDay('en-GB', at)} (Beijing time), or ask the administrator to reset the password.`,
    },
    { field: 'password', retryAfterSeconds: Math.ceil(seconds) },
  );
}
