/**
 * Who sends a request, and whether it may do what it asks: the session cookie, or the token itself in the header
 * Authorization for programs such as QGIS and curl. Every route asks here; what an account may is decided in can.ts.
 */
import { timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { type Account, anonymous, csrfHeader } from '../../geodata/contract/session.ts';
import { type Action, can } from '../../geodata/domain/can.ts';
import type { Config } from '../config.ts';
import { ForbiddenError, RateLimitedError, UnauthorizedError } from '../errors.ts';
import { isFromThisMachine } from '../http/loopback.ts';
import { refuseForeignOrigin } from '../http/same-origin.ts';
import { isSameToken } from './administrator-token.ts';
import { readSessionId } from './session-cookie.ts';
import { createSessionStore, type SessionStore, type StoredSession } from './session-store.ts';
import { createThrottle, type Throttle } from './throttle.ts';

export type Identity = {
  account: Account;
  /** Of the session; null without one, and for requests that bring the token themselves. */
  csrfToken: string | null;
};

export type Accounts = {
  /** Throws UnauthorizedError, ForbiddenError or RateLimitedError for a token that is not accepted. */
  identify(request: Request): Identity;
  /** The account, if it may; also refuses a write that another page may have caused. */
  authorize(request: Request, action: Exclude<Action, 'read'>): Account;
  /** A new session for whoever brings the token of this start. Throws as `identify` does. */
  signIn(request: Request, token: string): StoredSession;
  /** Ends the session of the request, if it has one. */
  signOut(request: Request): void;
  maySignIn(request: Request): boolean;
};

const administrator: Account = { role: 'administrator', name: 'administrator' };
const nobody: Identity = { account: anonymous, csrfToken: null };
const safeMethods = ['GET', 'HEAD', 'OPTIONS'];

/** `token` undefined: nobody can sign in. */
export function createAccounts(
  config: Pick<Config, 'trustProxy' | 'publicUrl'>,
  token: string | undefined,
  sessions: SessionStore = createSessionStore(),
): Accounts {
  const guesses = { failures: 10, windowMs: 60_000 };
  // Apart: a program that goes on with the token of an earlier start must not keep people from signing in.
  const throttles = { bearer: createThrottle(guesses), signIn: createThrottle(guesses) };
  const known = new WeakMap<Request, Identity>();
  const maySignIn = (request: Request): boolean =>
    token !== undefined && isFromThisMachine(request, config.trustProxy !== false);

  function checkToken(request: Request, given: string, throttle: Throttle): void {
    if (token === undefined || !maySignIn(request)) throw notFromHere();
    if (throttle.isClosed()) throw tooManyFailures();
    if (isSameToken(given, token)) return;
    throttle.countFailure();
    throw wrongToken();
  }

  function recognise(request: Request): Identity {
    const bearer = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1];
    if (bearer !== undefined) {
      checkToken(request, bearer, throttles.bearer);
      return { account: administrator, csrfToken: null };
    }
    const sessionId = readSessionId(request);
    // A session serves on this machine only, as the token does: a cookie carried elsewhere opens nothing.
    if (sessionId === undefined || !maySignIn(request)) return nobody;
    return sessions.find(sessionId) ?? nobody;
  }

  function identify(request: Request): Identity {
    const { authorization, cookie } = request.headers;
    if (authorization === undefined && cookie === undefined) return nobody;
    const before = known.get(request);
    if (before !== undefined) return before;
    const identity = recognise(request);
    known.set(request, identity);
    return identity;
  }

  return {
    identify,
    authorize(request, action) {
      const { account, csrfToken } = identify(request);
      if (!can(account, action)) throw account.role === 'anonymous' ? signInFirst() : notAllowed();
      if (!safeMethods.includes(request.method)) {
        refuseForeignOrigin(request, config);
        if (csrfToken !== null && !isEqual(request.get(csrfHeader) ?? '', csrfToken)) throw wrongCsrfToken();
      }
      return account;
    },
    signIn(request, given) {
      refuseForeignOrigin(request, config);
      checkToken(request, given, throttles.signIn);
      const before = readSessionId(request);
      if (before !== undefined) sessions.close(before);
      return sessions.open(administrator);
    },
    signOut(request) {
      refuseForeignOrigin(request, config);
      const { csrfToken } = identify(request);
      if (csrfToken === null) return;
      if (!isEqual(request.get(csrfHeader) ?? '', csrfToken)) throw wrongCsrfToken();
      const id = readSessionId(request);
      if (id !== undefined) sessions.close(id);
    },
    maySignIn,
  };
}

function isEqual(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function signInFirst(): UnauthorizedError {
  return new UnauthorizedError({
    zh: '这里只有管理员可用。请在运行本服务的电脑上用启动时显示的口令登录。',
    en: 'Only the administrator may do this. Sign in with the token shown at start, on the machine the service runs on.',
  });
}

function notAllowed(): ForbiddenError {
  return new ForbiddenError({
    zh: '当前账号没有这项权限,请联系管理员。',
    en: 'This account may not do this; ask the administrator.',
  });
}

function notFromHere(): ForbiddenError {
  return new ForbiddenError({
    zh: '管理员只能在运行本服务的电脑上登录:请在那台电脑上打开启动时显示的地址(127.0.0.1)。',
    en: 'The administrator signs in only on the machine the service runs on: open there the address shown at start (127.0.0.1).',
  });
}

function wrongToken(): UnauthorizedError {
  return new UnauthorizedError(
    {
      zh: '口令不对。口令每次启动都会更换,显示在启动服务的终端里,也写在数据目录的 administrator-token 文件中。',
      en: 'This is not the token. It changes with every start; the terminal that started the service shows it, and the file administrator-token in the data folder holds it.',
    },
    { field: 'token' },
  );
}

function tooManyFailures(): RateLimitedError {
  return new RateLimitedError(
    {
      zh: '口令输错次数过多,请一分钟后再试。',
      en: 'Too many wrong tokens; try again in one minute.',
    },
    { field: 'token' },
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
