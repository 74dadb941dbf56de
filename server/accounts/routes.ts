/** /api/session: who am I, sign in with the token of this start, sign out. */
import { type Request, type Response, Router } from 'express';
import { type Session, signInSchema } from '../../geodata/contract/session.ts';
import type { Context } from '../context.ts';
import { readJsonBody } from '../http/json-body.ts';
import { allowOnly } from '../http/methods.ts';
import { readQuery, refuseUnknown } from '../http/query-parameters.ts';
import type { Accounts } from './accounts.ts';
import { clearSessionCookie, setSessionCookie } from './session-cookie.ts';

export function sessionRoutes({ config, log }: Context, accounts: Accounts): Router {
  const router = Router({ caseSensitive: true });

  function send(request: Request, response: Response, session: Omit<Session, 'maySignInHere'>): void {
    const answer: Session = { ...session, maySignInHere: accounts.maySignIn(request) };
    response.set('Cache-Control', 'no-store').json(answer);
  }

  router.use('/session', allowOnly('GET', 'HEAD', 'POST', 'DELETE'), (request, _response, next) => {
    refuseUnknown(readQuery(request), ['lang']);
    next();
  });
  router.get('/session', (request, response) => {
    const { account, csrfToken } = accounts.identify(request);
    send(request, response, { account, csrfToken });
  });
  router.post('/session', async (request, response) => {
    const { token } = await readJsonBody(request, signInSchema);
    const { id, account, csrfToken } = accounts.signIn(request, token);
    log.info({ account: account.name, requestId: request.id }, 'signed in');
    setSessionCookie(request, response, config.basePath, id);
    send(request, response, { account, csrfToken });
  });
  router.delete('/session', (request, response) => {
    accounts.signOut(request);
    clearSessionCookie(request, response, config.basePath);
    send(request, response, { account: { role: 'anonymous', name: null }, csrfToken: null });
  });
  return router;
}
