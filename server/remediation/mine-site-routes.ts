/** /api/mine-sites/{code}: a site, its history, and marking it. Who asks and what they saw is read here; use cases decide. */
import { type Request, type Response, Router } from 'express';
import {
  correctionSchema,
  decisionSchema,
  type MineSite,
  periodSchema,
  restorationSchema,
  reviewSchema,
  submitReportSchema,
} from '../../geodata/contract/marking.ts';
import type { Account } from '../../geodata/contract/session.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { SiteReading } from '../accounts/trace-reading.ts';
import type { Context } from '../context.ts';
import { BadRequestError } from '../errors.ts';
import { readIfMatch, versionTag } from '../http/if-match.ts';
import { readJsonBody } from '../http/json-body.ts';
import { allowOnly, readOnly } from '../http/methods.ts';
import { readQuery, refuseUnknown } from '../http/query-parameters.ts';
import type { Mark } from './mark.ts';
import { markOneSite } from './mark-one-site.ts';
import { mostEvents, readHistory } from './read-history.ts';
import { readMineSite } from './read-mine-site.ts';

/** Requests of these routes that read a body (see app.ts). */
export const markingBodies: readonly [method: string, path: RegExp][] = [
  ['PUT', /^\/api\/mine-sites\/[^/]+\/reports\/[^/]+$/],
  ['POST', /^\/api\/mine-sites\/[^/]+\/reports\/[^/]+\/review$/],
  ['POST', /^\/api\/mine-sites\/[^/]+\/(decisions|corrections|restorations)$/],
];

/** What of a mark is in the body. */
type Asked = Mark extends infer One ? (One extends Mark ? Omit<One, 'code' | 'version'> : never) : never;

export function mineSiteRoutes(context: Context, accounts: Accounts, readSites: SiteReading): Router {
  const { database } = context;
  const router = Router({ caseSensitive: true });

  /** Whoever may read the sites may see one. */
  async function reader(request: Request): Promise<Account> {
    const { account } = accounts.identify(request);
    await readSites(account);
    return account;
  }

  function send(response: Response, site: MineSite): void {
    response.set({ ETag: versionTag(site.version), 'Cache-Control': 'no-store' }).json(site);
  }

  /** A write: signed in, from our own page, made from a version; then whatever the use case says. */
  async function mark(request: Request, response: Response, read: () => Promise<Asked>): Promise<void> {
    const account = accounts.authorize(request, 'read_details');
    refuseUnknown(readQuery(request), ['lang']);
    const version = readIfMatch(request);
    const asked = await read();
    send(response, await markOneSite(context, account, { code: codeOf(request), version, ...asked } as Mark));
  }

  router.all('/mine-sites/:code', readOnly);
  router.get('/mine-sites/:code', async (request, response) => {
    const account = await reader(request);
    const parameters = readQuery(request);
    refuseUnknown(parameters, ['period', 'lang']);
    const asked = parameters.get('period');
    const period = asked === undefined ? null : parsePeriod(asked);
    send(response, await readMineSite(database, account, codeOf(request), period));
  });

  router.all('/mine-sites/:code/history', readOnly);
  router.get('/mine-sites/:code/history', async (request, response) => {
    await reader(request);
    accounts.authorize(request, 'read_details');
    const page = parsePage(request);
    response.set('Cache-Control', 'no-store').json(await readHistory(database, codeOf(request), page));
  });

  router.all('/mine-sites/:code/reports/:period', allowOnly('PUT'));
  router.put('/mine-sites/:code/reports/:period', (request, response) =>
    mark(request, response, async () => ({
      kind: 'submit',
      period: periodIn(request),
      order: await readJsonBody(request, submitReportSchema),
    })),
  );
  router.all('/mine-sites/:code/reports/:period/withdrawal', allowOnly('POST'));
  router.post('/mine-sites/:code/reports/:period/withdrawal', (request, response) =>
    mark(request, response, async () => ({ kind: 'withdraw', period: periodIn(request) })),
  );
  router.all('/mine-sites/:code/reports/:period/opening', allowOnly('POST'));
  router.post('/mine-sites/:code/reports/:period/opening', (request, response) =>
    mark(request, response, async () => ({ kind: 'open', period: periodIn(request) })),
  );
  router.all('/mine-sites/:code/reports/:period/review', allowOnly('POST'));
  router.post('/mine-sites/:code/reports/:period/review', (request, response) =>
    mark(request, response, async () => ({
      kind: 'review',
      period: periodIn(request),
      review: await readJsonBody(request, reviewSchema),
    })),
  );
  router.all('/mine-sites/:code/decisions', allowOnly('POST'));
  router.post('/mine-sites/:code/decisions', (request, response) =>
    mark(request, response, async () => ({
      kind: 'decide',
      decision: await readJsonBody(request, decisionSchema),
    })),
  );
  router.all('/mine-sites/:code/corrections', allowOnly('POST'));
  router.post('/mine-sites/:code/corrections', (request, response) =>
    mark(request, response, async () => ({
      kind: 'correct',
      correction: await readJsonBody(request, correctionSchema),
    })),
  );
  router.all('/mine-sites/:code/restorations', allowOnly('POST'));
  router.post('/mine-sites/:code/restorations', (request, response) =>
    mark(request, response, async () => ({
      kind: 'restore',
      ...(await readJsonBody(request, restorationSchema)),
    })),
  );
  return router;
}

function codeOf(request: Request): string {
  return String(request.params.code);
}

function periodIn(request: Request): string {
  return parsePeriod(String(request.params.period));
}

function parsePeriod(text: string): string {
  if (periodSchema.safeParse(text).success && !text.startsWith('0000')) return text;
  throw new BadRequestError(
    { zh: '填报期应为年月,例如 2025-09。', en: 'The period is a month, such as 2025-09.' },
    { field: 'period' },
  );
}

function parsePage(request: Request): { before: string | null; limit: number } {
  const parameters = readQuery(request);
  refuseUnknown(parameters, ['before', 'limit', 'lang']);
  const before = parameters.get('before') ?? null;
  if (before !== null && !/^\d{1,18}$/.test(before)) {
    throw new BadRequestError(
      {
        zh: 'before 应为留痕序号,取自 nextBefore。',
        en: 'before is the number of an event, taken from nextBefore.',
      },
      { field: 'before' },
    );
  }
  const limit = parameters.get('limit') ?? '50';
  if (!/^\d{1,3}$/.test(limit) || Number(limit) < 1 || Number(limit) > mostEvents) {
    throw new BadRequestError(
      { zh: `limit 应为 1 到 ${mostEvents}。`, en: `limit is 1 to ${mostEvents}.` },
      { field: 'limit' },
    );
  }
  return { before, limit: Number(limit) };
}
