/**
 * The HTTP service put together, in the order a request passes: id and log, headers, limits, routes,
 * page, "not found", problems. Parts bring their routes; nothing here knows what they answer.
 */
import type { RequestListener } from 'node:http';
import express, { Router } from 'express';
import { createSummaryReader } from './catalogue/layer-summary.ts';
import { catalogueRoutes } from './catalogue/routes.ts';
import { clientBuildDir } from './client-build.ts';
import type { Context } from './context.ts';
import { NotFoundError } from './errors.ts';
import { featureRoutes } from './features/routes.ts';
import { createAnswers } from './http/answers.ts';
import { readOnly } from './http/methods.ts';
import { sendProblem } from './http/problem.ts';
import { checkPath } from './http/query-parameters.ts';
import { requestLog } from './http/request-log.ts';
import { securityHeaders } from './http/security-headers.ts';
import { staticClient } from './http/static-client.ts';
import { createRevisionReader } from './system/revisions.ts';

export type App = {
  handler: RequestListener;
  /** After the last answer: releases what the app itself holds. */
  close(): Promise<void>;
};

export function createApp(context: Context, options: { clientDir?: string } = {}): App {
  const { config, database } = context;
  const readRevisions = createRevisionReader(database);
  const answers = createAnswers(config, readRevisions);
  const summariesAt = createSummaryReader(database, context.catalogue);

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', false);
  app.set('trust proxy', config.trustProxy);
  app.set('case sensitive routing', true);

  const service = Router({ caseSensitive: true });
  service.use('/ogc', readOnly, featureRoutes(context, answers, summariesAt));
  service.use('/api', catalogueRoutes(context, answers, summariesAt));
  service.use(staticClient(options.clientDir ?? clientBuildDir));

  app.use(requestLog(context.log));
  app.use(securityHeaders);
  app.use((request, _response, next) => {
    checkPath(request);
    next();
  });
  app.use(config.basePath === '' ? '/' : config.basePath, service);
  app.use((request) => {
    throw new NotFoundError({
      zh: `这里没有 ${request.path}。`,
      en: `There is nothing at ${request.path}.`,
    });
  });
  app.use(sendProblem);

  return { handler: app, close: async () => undefined };
}
