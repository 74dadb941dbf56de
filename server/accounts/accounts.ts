/**
 * Who sends a request, and whether it may do what it asks: the session cookie, or HTTP Basic of programs that only read.
 * Every route asks here; what an account may is decided in can.ts.
 */
import { timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import { type Account, anonymous, csrfHeader, type SignedInAccount } from '../../geodata/contract/session.ts';
import { can, type GeneralAction, type UnitAction } from '../../geodata/domain/can.ts';
import { faultOfPassword } from '../../geodata/domain/password-rules.ts';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context } from '../context.ts';
import { namedSql } from '../db/named-sql.ts';
import { ForbiddenError, UnauthorizedError, UnprocessableError } from '../errors.ts';
import { refuseForeignOrigin } from '../http/same-origin.ts';
import { createKnownCredentials, parseBasic } from './basic-credentials.ts';
import { createCredentialChecker, wrongCredentials } from './check-credentials.ts';
import { forgetKeptPassword } from './kept-passwords.ts';
import { createPasswords, refusedPassword } from './passwords.ts';
import { mustChangePassword, notAllowed, signInFirst } from './refusals.ts';
import { readSessionId } from './session-cookie.ts';
import { closeSessionsOf, createSessions, csrfTokenOf, type OpenedSession, openSession } from './sessions.ts';

export type Identity = {
  account: Account;
  /** Of the session; null without one, and for programs that send their password. */
  csrfToken: string | null;
};

type NamedLayer = Pick<LayerDefinition, 'id'>;

export type Accounts = {
  /** Finds out who asks, before every route that wants to know. Passes on UnauthorizedError or RateLimitedError for a
   * wrong password. */
  recognise: RequestHandler;
  /** As `recognise` found; anonymous where it did not run. */
  identify(request: Request): Identity;
  /** Who asks, found out once more, for answers that last; anonymous where it no longer holds. Is no use of a session. */
  identifyAgain(request: Request): Promise<Identity>;
  /** The account, if it may; also refuses a write that another page may have caused. */
  authorize(request: Request, action: GeneralAction): SignedInAccount;
  authorize(request: Request, action: 'review_city', layer: NamedLayer): SignedInAccount;
  authorize(request: Request, action: UnitAction, layer: NamedLayer, unit: string | null): SignedInAccount;
  /** Throws ForbiddenError for a write that another page may have caused. */
  checkWrite(request: Request): void;
  /** The account of a session, for changing what is its own. Throws UnauthorizedError, and ForbiddenError as `checkWrite`. */
  requireSession(request: Request): SignedInAccount;
  /** A new session in place of the one of the request. Throws as CredentialChecker.check does. */
  signIn(request: Request, given: { username: string; password: string }): Promise<OpenedSession>;
  /** Ends the session of the request, if it has one, or all sessions of its account. */
  signOut(request: Request, options: { everywhere: boolean }): Promise<void>;
  /** Ends all sessions of the account and opens another. Throws UnprocessableError naming the property at fault. */
  changePassword(request: Request, given: { current: string; next: string }): Promise<OpenedSession>;
  /** Accounts were changed: what is remembered of them is asked again. */
  forget(): void;
};

const nobody: Identity = { account: anonymous, csrfToken: null };
const safeMethods = ['GET', 'HEAD', 'OPTIONS'];
/** What an open page asks by itself, again and again, is no use of a session. */
const askedByItself = /\/api\/(session|catalogue|events)(\?|$)/;

export function createAccounts({ config, database, log }: Context): Accounts {
  const settings = config.accounts;
  const sessions = createSessions(database, settings, log);
  const passwords = createPasswords(settings.passwordCost);
  const credentials = createCredentialChecker(database, passwords, settings);
  const knownCredentials = createKnownCredentials();
  const recognised = new WeakMap<Request, Identity>();

  async function bySession(request: Request): Promise<Identity | undefined> {
    const id = readSessionId(request);
    if (id === undefined) return undefined;
    const isUse = !(safeMethods.includes(request.method) && askedByItself.test(request.originalUrl));
    const account = await sessions.find(id, isUse);
    return account && { account, csrfToken: csrfTokenOf(id) };
  }

  async function byPassword(request: Request): Promise<Identity | undefined> {
    const given = parseBasic(request.headers.authorization);
    if (given === undefined || !['GET', 'HEAD'].includes(request.method)) return undefined;
    const known = await credentials.find(given.username);
    if (known !== undefined && !known.isDisabled && knownCredentials.has(given, known.passwordHash)) {
      return { account: known.account, csrfToken: null };
    }
    const checked = await credentials.check({ ...given, address: addressOf(request), by: 'program' });
    knownCredentials.add(given, checked.passwordHash);
    return { account: checked.account, csrfToken: null };
  }

  async function recogniseRequest(request: Request): Promise<void> {
    const { authorization, cookie } = request.headers;
    if (authorization === undefined && cookie === undefined) return;
    recognised.set(request, (await bySession(request)) ?? (await byPassword(request)) ?? nobody);
  }

  function identify(request: Request): Identity {
    return recognised.get(request) ?? nobody;
  }

  function checkWrite(request: Request): void {
    refuseForeignOrigin(request, config);
    const { csrfToken } = identify(request);
    if (csrfToken !== null && !isEqual(request.get(csrfHeader) ?? '', csrfToken)) throw wrongCsrfToken();
  }

  function requireSession(request: Request): SignedInAccount {
    const { account, csrfToken } = identify(request);
    if (account.role === 'anonymous' || csrfToken === null) throw signInFirst();
    checkWrite(request);
    return account;
  }

  return {
    async recognise(request, _response, next) {
      await recogniseRequest(request);
      next();
    },
    identify,
    async identifyAgain(request) {
      const { authorization, cookie } = request.headers;
      if (authorization === undefined && cookie === undefined) return nobody;
      return (await bySession(request)) ?? (await byPassword(request).catch(() => undefined)) ?? nobody;
    },
    authorize(
      request: Request,
      action: GeneralAction | UnitAction | 'review_city',
      layer?: NamedLayer,
      unit?: string | null,
    ): SignedInAccount {
      const { account } = identify(request);
      if (account.role === 'anonymous') throw signInFirst();
      if (account.mustChangePassword) throw mustChangePassword();
      // The overloads of `can` are those of `authorize`.
      const mayDo = (can as (...given: unknown[]) => boolean)(account, action, layer, unit);
      if (!mayDo) throw notAllowed();
      if (!safeMethods.includes(request.method)) checkWrite(request);
      return account;
    },
    checkWrite,
    requireSession,
    async signIn(request, given) {
      refuseForeignOrigin(request, config);
      const address = addressOf(request);
      const { account, passwordHash } = await credentials.check({ ...given, address, by: 'person' });
      const opened = await database.transaction(
        async (client) => {
          const noted = await client.query(
            namedSql('accounts/note-sign-in'),
            [account.id, passwordHash],
            lookup,
          );
          if (noted.length === 0) throw wrongCredentials();
          const session = await openSession(client, settings, account, readSessionId(request));
          await recordAudit(client, {
            actor: account.username,
            action: 'session.open',
            subject: account.username,
            detail: { address },
          });
          return session;
        },
        { class: 'lookup' },
      );
      sessions.forget();
      return opened;
    },
    async signOut(request, { everywhere }) {
      refuseForeignOrigin(request, config);
      const { account } = identify(request);
      const id = readSessionId(request);
      if (account.role === 'anonymous' || id === undefined) return;
      checkWrite(request);
      if (!everywhere) return sessions.close(id);
      await database.transaction(
        async (client) => {
          const ended = await closeSessionsOf(client, account.id);
          await recordAudit(client, {
            actor: account.username,
            action: 'session.close-all',
            subject: account.username,
            detail: { sessions: ended },
          });
        },
        { class: 'lookup' },
      );
      sessions.forget();
    },
    async changePassword(request, { current, next }) {
      const account = requireSession(request);
      const { username } = account;
      const address = addressOf(request);
      const { passwordHash } = await credentials
        .check({ username, password: current, address, by: 'person' })
        .catch((error: unknown) => {
          throw error instanceof UnauthorizedError ? wrongCurrentPassword() : error;
        });
      const fault = faultOfPassword(next, { username, current });
      if (fault !== null) throw refusedPassword(fault, 'next');
      const newHash = await passwords.hash(next);
      const opened = await database.transaction(
        async (client) => {
          const changed = await client.query(
            namedSql('accounts/set-password'),
            [account.id, newHash, false, false, passwordHash],
            lookup,
          );
          if (changed.length === 0) throw wrongCurrentPassword();
          await closeSessionsOf(client, account.id);
          const session = await openSession(client, settings, { ...account, mustChangePassword: false });
          await recordAudit(client, {
            actor: username,
            action: 'account.password-change',
            subject: username,
          });
          return session;
        },
        { class: 'lookup' },
      );
      sessions.forget();
      await forgetKeptPassword(config.dataDir, username);
      return opened;
    },
    forget: sessions.forget,
  };
}

const lookup = { class: 'lookup' } as const;

/** By trust in proxies, as Express tells it. */
function addressOf(request: Request): string {
  return request.ip ?? 'unknown';
}

function isEqual(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function wrongCurrentPassword(): UnprocessableError {
  return new UnprocessableError(
    { zh: '当前密码不对。', en: 'The current password is wrong.' },
    { field: 'current' },
  );
}

function wrongCsrfToken(): ForbiddenError {
  return new ForbiddenError(
    {
      zh: `请求头 ${csrfHeader} 与当前登录不符。请刷新页面后重试。`,
      en: `The header ${csrfHeader} does not belong to this session; reload the page and try again.`,
    },
    { field: csrfHeader },
  );
}
