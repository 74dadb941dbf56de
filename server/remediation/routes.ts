/** GET /api/progress?as_of=YYYY-MM-DD. */
import { Router } from 'express';
import { toDay } from '../../geodata/domain/datetime-interval.ts';
import type { Context } from '../context.ts';
import { BadRequestError } from '../errors.ts';
import type { Answers } from '../http/answers.ts';
import { readOnly } from '../http/methods.ts';
import { readQuery, refuseUnknown } from '../http/query-parameters.ts';
import { readProgress } from './read-progress.ts';

export function remediationRoutes(context: Context, answers: Answers): Router {
  const router = Router();
  // The figures are sums over the sites: whoever may not read these may not read those.
  const mineSites = context.catalogue.find(({ id }) => id === 'mine_sites') ?? null;
  router.use('/progress', readOnly);
  router.get('/progress', (request, response) => {
    const parameters = readQuery(request);
    refuseUnknown(parameters, ['as_of', 'lang']);
    const asOf = parseAsOf(parameters.get('as_of'));
    const today = toDay(new Date().toISOString()) ?? '';
    return answers.send(request, response, {
      workClass: 'api',
      readingKind: 'figures',
      layer: mineSites,
      revision: (revisions) => revisions.all,
      key: `progress ${asOf ?? `until ${today}`}`,
      varyLanguage: false,
      async compute({ revisions }) {
        const progress = await readProgress(context.database, asOf, today);
        return { revision: revisions.all, contentType: 'application/json', body: JSON.stringify(progress) };
      },
    });
  });
  return router;
}

function parseAsOf(text: string | undefined): string | null {
  if (text === undefined) return null;
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && toDay(text) !== null) return text;
  throw new BadRequestError(
    { zh: 'as_of 应为日期,例如 2025-09-30。', en: 'as_of is a day, such as 2025-09-30.' },
    { field: 'as_of' },
  );
}
