/** GET /api/search?q=…&limit=… */
import { Router } from 'express';
import type { Context } from '../context.ts';
import { BadRequestError } from '../errors.ts';
import { type Answers, questionKey } from '../http/answers.ts';
import { readOnly } from '../http/methods.ts';
import { readQuery, refuseUnknown } from '../http/query-parameters.ts';
import { findFeatures } from './find-features.ts';

const defaultLimit = 20;
const maxLimit = 100;
const maxQueryLength = 100;

export function searchRoutes(context: Context, answers: Answers): Router {
  const router = Router();
  router.use('/search', readOnly);
  router.get('/search', (request, response) => {
    const parameters = readQuery(request);
    refuseUnknown(parameters, ['q', 'limit', 'lang']);
    const query = parseText(parameters.get('q'));
    const limit = parseLimit(parameters.get('limit'));
    return answers.send(request, response, {
      workClass: 'api',
      readingKind: 'search',
      layer: null,
      revision: (revisions) => revisions.all,
      key: questionKey(
        '/api/search',
        new Map([
          ['q', query],
          ['limit', String(limit)],
        ]),
      ),
      varyLanguage: false,
      async compute({ revisions, mayRead }) {
        const layers = context.catalogue.filter(mayRead);
        const found = await findFeatures(context.database, layers, query, limit);
        return { revision: revisions.all, contentType: 'application/json', body: JSON.stringify(found) };
      },
    });
  });
  return router;
}

function parseText(text: string | undefined): string {
  const query = (text ?? '').trim();
  if (query.length >= 1 && query.length <= maxQueryLength) return query;
  throw new BadRequestError(
    {
      zh: `q 应为 1 到 ${maxQueryLength} 个字的名称、编号或拼音。`,
      en: `q is a name, code or pinyin of 1 to ${maxQueryLength} characters.`,
    },
    { field: 'q' },
  );
}

function parseLimit(text: string | undefined): number {
  if (text === undefined) return defaultLimit;
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= maxLimit) return limit;
  throw new BadRequestError(
    { zh: `limit 应为 1 到 ${maxLimit} 的整数。`, en: `limit is a whole number from 1 to ${maxLimit}.` },
    { field: 'limit' },
  );
}
