/** Whether a username and a password belong together: the one place where a password is looked at, and where guessing ends. */
import type { Account } from '../../geodata/contract/session.ts';
import { recordAudit } from '../audit/record-audit.ts';
import type { AccountSettings } from '../config.ts';
import type { Database } from '../db/database.ts';
import { namedSql } from '../db/named-sql.ts';
import { UnauthorizedError } from '../errors.ts';
import { type AccountRow, toAccount } from './account-row.ts';
import { type Attempt, countAttempt, forgetAttempts } from './attempts.ts';
import type { Passwords } from './passwords.ts';

export type KnownAccount = {
  account: Exclude<Account, { role: 'anonymous' }>;
  passwordHash: string;
  isDisabled: boolean;
};

export type CredentialChecker = {
  /** The account of a username in lower case, whatever its password. */
  find(username: string): Promise<KnownAccount | undefined>;
  /**
   * Throws RateLimitedError after too many attempts, and UnauthorizedError with the same words, after the same time, for a
   * wrong password, an unknown name and a disabled account.
   */
  check(given: Attempt & { password: string }): Promise<KnownAccount>;
};

type KnownRow = AccountRow & { password_hash: string; is_disabled: boolean };

export function createCredentialChecker(
  database: Database,
  passwords: Passwords,
  { passwordMaxAgeDays }: Pick<AccountSettings, 'passwordMaxAgeDays'>,
): CredentialChecker {
  async function find(username: string): Promise<KnownAccount | undefined> {
    const [row] = await database.query<KnownRow>(
      namedSql('accounts/find-account'),
      [username, passwordMaxAgeDays],
      { class: 'lookup', readsOnly: true },
    );
    return row && { account: toAccount(row), passwordHash: row.password_hash, isDisabled: row.is_disabled };
  }

  return {
    find,
    async check({ password, address, by, ...given }) {
      const username = given.username.trim().toLowerCase();
      await countAttempt(database, { username, address, by }, async (what) => {
        // A name nobody has may be a password that was typed in the wrong place.
        const subject = (await find(username))?.account.username ?? 'unknown';
        await recordAudit(database, {
          actor: 'sign-in',
          action: 'account.lock-out',
          subject,
          detail: { of: what, address, by },
        });
      });
      const known = await find(username);
      const mayTry = known !== undefined && !known.isDisabled;
      const isRight = await passwords.isRight(password, mayTry ? known.passwordHash : null);
      if (!isRight || known === undefined) throw wrongCredentials();
      await forgetAttempts(database, { username, address, by });
      return known;
    },
  };
}

/** Tells nothing of which of the two is wrong. */
export function wrongCredentials(): UnauthorizedError {
  return new UnauthorizedError(
    {
      zh: '用户名或密码不对。连续输错会暂时锁定;忘记密码请联系管理员重置。',
      en: 'Username or password is wrong. Several wrong attempts lock it for a while; the administrator can reset a forgotten password.',
    },
    { field: 'password' },
  );
}
