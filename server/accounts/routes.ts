/** /api/session: who am I, sign in, sign out, change my password. */
import { type Request, type Response, Router } from 'express';
import { passwordChangeSchema, type Session, signInSchema } from '../../geodata/contract/session.ts';
import type { Context } from '../context.ts';
import { BadRequestError } from '../errors.ts';
import { readJsonBody } from '../http/json-body.ts';
import { allowOnly } from '../http/methods.ts';
import { readQuery, refuseUnknown } from '../http/query-parameters.ts';
import type { Accounts } from './accounts.ts';
import { clearSessionCookie, setSessionCookie } from './session-cookie.ts';
import type { OpenedSession } from './sessions.ts';

export function sessionRoutes({ config, log }: Context, accounts: Accounts): Router {
  const router = Router({ caseSensitive: true });
  const send = (response: Response, session: Session): void => {
    response.set('Cache-Control', 'no-store').json(session);
  };

  function sendOpened(request: Request, response: Response, opened: OpenedSession): void {
    setSessionCookie(request, response, config.basePath, opened.id);
    send(response, { account: opened.account, csrfToken: opened.csrfToken });
  }

  router.all('/session', allowOnly('GET', 'HEAD', 'POST', 'DELETE'));
  router.get('/session', (request, response) => {
    refuseUnknown(readQuery(request), ['lang']);
    send(response, accounts.identify(request));
  });
  router.post('/session', async (request, response) => {
    refuseUnknown(readQuery(request), ['lang']);
    const opened = await accounts.signIn(request, await readJsonBody(request, signInSchema));
    log.info({ account: opened.account.username, requestId: request.id }, 'signed in');
    sendOpened(request, response, opened);
  });
  router.delete('/session', async (request, response) => {
    const parameters = readQuery(request);
    refuseUnknown(parameters, ['everywhere', 'lang']);
    await accounts.signOut(request, { everywhere: parseEverywhere(parameters.get('everywhere')) });
    clearSessionCookie(request, response, config.basePath);
    send(response, { account: { role: 'anonymous', name: null }, csrfToken: null });
  });

  router.all('/session/password', allowOnly('PUT'));
  router.put('/session/password', async (request, response) => {
    accounts.requireSession(request);
    refuseUnknown(readQuery(request), ['lang']);
    const opened = await accounts.changePassword(request, await readJsonBody(request, passwordChangeSchema));
    log.info({ account: opened.account.username, requestId: request.id }, 'password changed');
    sendOpened(request, response, opened);
  });
  return router;
}

function parseEverywhere(text: string | undefined): boolean {
  if (text === undefined || text === 'false') return false;
  if (text === 'true') return true;
  throw new BadRequestError(
    { zh: 'everywhere 应为 true 或 false。', en: 'everywhere is true or false.' },
    { field: 'everywhere' },
  );
}
