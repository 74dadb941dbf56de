/** /api/accounts: the accounts of people; administrators only. */
import { type Request, type Response, Router } from 'express';
import {
  type AccountRecord,
  accountChangeSchema,
  type IssuedAccount,
  newAccountSchema,
} from '../../geodata/contract/accounts.ts';
import { auditActor } from '../audit/record-audit.ts';
import type { Context } from '../context.ts';
import { BadRequestError } from '../errors.ts';
import { readJsonBody } from '../http/json-body.ts';
import { allowOnly } from '../http/methods.ts';
import { readQuery, refuseUnknown } from '../http/query-parameters.ts';
import { scopeChoices } from './account-scope.ts';
import type { Accounts } from './accounts.ts';
import { addAccount, changeAccount, endSessions, listAccounts, resetPassword } from './manage-accounts.ts';

export function accountRoutes(context: Context, accounts: Accounts): Router {
  const router = Router({ caseSensitive: true });
  const idOf = (request: Request): string => String(request.params.id);
  const actorOf = (request: Request): string => auditActor(accounts.identify(request).account);

  /** Before anything else of a request is looked at: who asks, and may they. */
  function only(...methods: string[]) {
    return [
      allowOnly(...methods),
      (request: Request, response: Response, next: () => void): void => {
        accounts.authorize(request, 'manage_accounts');
        refuseUnknown(readQuery(request), ['lang']);
        response.set('Cache-Control', 'no-store');
        next();
      },
    ];
  }

  function sendIssued(response: Response, issued: IssuedAccount): void {
    accounts.forget();
    response.set('ETag', etagOf(issued.account)).json(issued);
  }

  router.all('/accounts', only('GET', 'HEAD', 'POST'));
  router.get('/accounts', async (_request, response) => {
    response.json({ accounts: await listAccounts(context), scope: scopeChoices(context) });
  });
  router.post('/accounts', async (request, response) => {
    const asked = await readJsonBody(request, newAccountSchema);
    const issued = await addAccount(context, asked, { actor: actorOf(request) });
    response.status(201).location(`accounts/${issued.account.id}`);
    sendIssued(response, issued);
  });

  router.all('/accounts/:id', only('PATCH'));
  router.patch('/accounts/:id', async (request, response) => {
    const version = versionOf(request);
    const change = await readJsonBody(request, accountChangeSchema);
    const account = await changeAccount(context, {
      id: idOf(request),
      version,
      change,
      actor: actorOf(request),
    });
    accounts.forget();
    response.set('ETag', etagOf(account)).json(account);
  });

  router.all('/accounts/:id/password-reset', only('POST'));
  router.post('/accounts/:id/password-reset', async (request, response) => {
    sendIssued(response, await resetPassword(context, { id: idOf(request), actor: actorOf(request) }));
  });

  router.all('/accounts/:id/sessions', only('DELETE'));
  router.delete('/accounts/:id/sessions', async (request, response) => {
    const account = await endSessions(context, { id: idOf(request), actor: actorOf(request) });
    accounts.forget();
    response.set('ETag', etagOf(account)).json(account);
  });
  return router;
}

function etagOf({ version }: AccountRecord): string {
  return `"${version}"`;
}

/** Of If-Match, which a change needs. */
function versionOf(request: Request): number {
  const version = /^"(\d{1,9})"$/.exec(request.get('If-Match') ?? '')?.[1];
  if (version !== undefined) return Number(version);
  throw new BadRequestError(
    {
      zh: '请求头 If-Match 应为账号的版本号加引号,例如 "3"。',
      en: 'The header If-Match must be the version of the account in quotes, such as "3".',
    },
    { field: 'If-Match' },
  );
}
