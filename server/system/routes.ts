/** /health: the process runs. /ready: the database answers. /metrics: Prometheus. None of them is cached. */
import { Router } from 'express';
import { QueryTimeoutError } from '../errors.ts';
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
    await inTime(revisions.fresh());
    response.json({ status: 'ready' });
  });
  router.get('/metrics', async (_request, response) => {
    const { contentType, body } = await metrics.text();
    response.type(contentType).send(body);
  });
  return router;
}

/** Whoever asks whether the service is ready seldom waits longer for a server that says nothing. */
const readyWithinMs = 5_000;

async function inTime(answer: Promise<unknown>): Promise<void> {
  let clock: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    clock = setTimeout(() => reject(silentDatabase()), readyWithinMs);
  });
  await Promise.race([answer, late]).finally(() => clearTimeout(clock));
}

function silentDatabase(): QueryTimeoutError {
  const seconds = readyWithinMs / 1_000;
  return new QueryTimeoutError({
    zh: `数据库在 ${seconds} 秒内没有回答,请检查数据库服务器和网络。`,
    en: `The database did not answer within ${seconds} s; check its server and the network.`,
  });
}
