/** /health: the process runs. /ready: the database answers. /metrics: Prometheus. None of them is cached. */
import { Router } from 'express';
import { readOnly } from '../http/methods.ts';
import type { Metrics } from '../http/metrics.ts';
import type { RevisionReader } from './revisions.ts';

export function systemRoutes(revisions: RevisionReader, metrics: Metrics): Router {
  const router = Router();
  router.use(['/health', '/ready', '/metrics'], readOnly, (_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  router.get('/health', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/ready', async (_request, response) => {
    await revisions.fresh();
    response.json({ status: 'ready' });
  });
  router.get('/metrics', async (_request, response) => {
    const { contentType, body } = await metrics.text();
    response.type(contentType).send(body);
  });
  return router;
}
