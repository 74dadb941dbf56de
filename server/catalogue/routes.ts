/** GET /api/catalogue. */
import { Router } from 'express';
import type { Context } from '../context.ts';
import { type Answers, questionKey } from '../http/answers.ts';
import { readOnly } from '../http/methods.ts';
import { readQuery, refuseUnknown } from '../http/query-parameters.ts';
import type { SummaryReader } from './layer-summary.ts';
import { catalogueResponse } from './read-catalogue.ts';

export function catalogueRoutes(context: Context, answers: Answers, summariesAt: SummaryReader): Router {
  const router = Router();
  router.use('/catalogue', readOnly);
  router.get('/catalogue', (request, response) => {
    const parameters = readQuery(request);
    refuseUnknown(parameters, ['lang']);
    return answers.send(request, response, {
      workClass: 'api',
      layer: null,
      revision: (revisions) => revisions.all,
      key: questionKey('/api/catalogue', parameters),
      varyLanguage: false,
      async compute({ revisions, mayRead }) {
        const summaries = await summariesAt(revisions);
        return {
          revision: revisions.all,
          contentType: 'application/json',
          body: JSON.stringify(catalogueResponse(context.region, context.catalogue, summaries, mayRead)),
        };
      },
    });
  });
  return router;
}
