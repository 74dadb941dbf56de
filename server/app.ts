/**
 * The HTTP service put together, in the order a request passes: id and log, headers, measuring, limits,
 * routes, page, "not found", problems. Parts bring their routes; nothing here knows what they answer.
 */
import type { RequestListener } from 'node:http';
import express, { type Request, type RequestHandler, Router } from 'express';
import { createAccounts } from './accounts/accounts.ts';
import { sessionRoutes } from './accounts/routes.ts';
import { accountRoutes } from './accounts/routes-of-accounts.ts';
import { layerAccessRoutes } from './accounts/routes-of-layer-access.ts';
import { createSiteReading } from './accounts/trace-reading.ts';
import { createReadingRecorder } from './audit/reading-recorder.ts';
import { auditRoutes } from './audit/routes.ts';
import { createBasemap } from './basemap/basemap.ts';
import { measureBasemap } from './basemap/basemap-metrics.ts';
import { basemapRoutes } from './basemap/routes.ts';
import { createSummaryReader } from './catalogue/layer-summary.ts';
import { catalogueRoutes } from './catalogue/routes.ts';
import { clientBuildDir } from './client-build.ts';
import type { Context } from './context.ts';
import { NotFoundError } from './errors.ts';
import { createChangeFeed } from './events/change-feed.ts';
import { type EventBounds, eventRoutes } from './events/routes.ts';
import { evidenceRoutes } from './evidence/routes.ts';
import { featureRoutes } from './features/routes.ts';
import { createAnswers } from './http/answers.ts';
import { guardHost } from './http/host-guard.ts';
import { limitHeaders, limitRate, refuseBody } from './http/limits.ts';
import { type ListedRoute, listRoutes } from './http/list-routes.ts';
import { readOnly } from './http/methods.ts';
import { createMetrics } from './http/metrics.ts';
import { sendProblem } from './http/problem.ts';
import { checkPath } from './http/query-parameters.ts';
import { requestLog } from './http/request-log.ts';
import { takeOriginForm } from './http/request-target.ts';
import { securityHeaders } from './http/security-headers.ts';
import { staticClient } from './http/static-client.ts';
import { createImportJobs } from './imports/import-jobs.ts';
import { importRoutes } from './imports/routes.ts';
import { changeSetBodies, changeSetRoutes } from './remediation/change-set-routes.ts';
import { markingBodies, mineSiteRoutes } from './remediation/mine-site-routes.ts';
import { remediationRoutes } from './remediation/routes.ts';
import { workListRoutes } from './remediation/work-list-routes.ts';
import { searchRoutes } from './search/routes.ts';
import { sheetBodies, sheetRoutes } from './sheets/routes.ts';
import { createSheetSource } from './sheets/service/create-sheet-source.ts';
import { createSheetService } from './sheets/service/sheet-service.ts';
import { createRevisionReader } from './system/revisions.ts';
import { systemRoutes } from './system/routes.ts';
import { workbookBodies, workbookRoutes } from './workbooks/routes.ts';

export type App = {
  handler: RequestListener;
  /** Every address it has, for tests that go through all of them. */
  routes: ListedRoute[];
  /** Before the server stops listening: answers that never end by themselves. */
  endStreams(): void;
  /** After the last answer: releases what the app itself holds. */
  close(): Promise<void>;
};

export type AppOptions = {
  /** Folder of the built client. */
  clientDir?: string;
  /** Requests of one address in a minute. */
  requestsAMinute?: number;
  /** Where streams of events differ from the usual ones. */
  events?: EventBounds;
};

export function createApp(context: Context, options: AppOptions = {}): App {
  const { config, database } = context;
  const revisions = createRevisionReader(database);
  const accounts = createAccounts(context);
  const readings = createReadingRecorder(database, context.log);
  const answers = createAnswers(context, accounts, revisions.current, readings);
  const summariesAt = createSummaryReader(database, context.catalogue);
  const metrics = createMetrics(database, answers.stats);
  const basemap = config.basemap && createBasemap(config.basemap, config.dataDir, context.log);
  if (basemap !== null) measureBasemap(metrics.registry, basemap.stats);

  const jobs = createImportJobs(context);
  const sheets = createSheetService(
    context,
    createSheetSource({ ...context, basemap, dataDir: config.dataDir }, revisions.current),
  );
  const feed = createChangeFeed(database, revisions.current, context.log);
  const readSites = createSiteReading(context, revisions.current, readings);
  const events = eventRoutes(context, accounts, feed, options.events);

  const service = Router({ caseSensitive: true });
  service.use(systemRoutes(revisions, metrics));
  service.use(['/ogc', '/api'], limitRate(options.requestsAMinute), accounts.recognise);
  service.use('/ogc', readOnly, featureRoutes(context, answers, summariesAt));
  service.use(
    '/api',
    sessionRoutes(context, accounts),
    accountRoutes(context, accounts),
    layerAccessRoutes(context, accounts),
    auditRoutes(context, accounts, readings),
    importRoutes(context, accounts, jobs),
    catalogueRoutes(context, answers, summariesAt),
    remediationRoutes(context, answers),
    mineSiteRoutes(context, accounts, readSites),
    workListRoutes(context, accounts, readSites),
    changeSetRoutes(context, accounts, readings),
    workbookRoutes(context, accounts, readings),
    evidenceRoutes(context, accounts, readings),
    events.router,
    searchRoutes(context, answers),
    basemapRoutes(basemap),
    sheetRoutes(context, accounts, sheets, readings),
  );
  service.use(staticClient(options.clientDir ?? clientBuildDir));

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', false);
  app.set('trust proxy', config.trustProxy);
  app.set('case sensitive routing', true);
  app.use(
    requestLog(context.log),
    securityHeaders,
    metrics.measure,
    limitHeaders,
    guardHost(config),
    refuseMalformedPath,
    refuseBody(takesBody(config.basePath)),
  );
  if (config.basePath === '') app.use(service);
  else app.use(config.basePath, addSlash(config.basePath), service);
  app.use(sayNotFound);
  app.use(sendProblem);

  return {
    handler(request, response) {
      takeOriginForm(request);
      app(request, response);
    },
    routes: listRoutes(app.router),
    endStreams: events.endStreams,
    async close() {
      events.endStreams();
      feed.close();
      await jobs.close();
      await sheets.close();
      await readings.close();
      basemap?.close();
      metrics.close();
    },
  };
}

/** The requests that read a body, each within limits of its own. */
const withBody: readonly [method: string, path: RegExp][] = [
  ['POST', /^\/api\/session$/],
  ['PUT', /^\/api\/session\/password$/],
  ['POST', /^\/api\/accounts$/],
  ['PATCH', /^\/api\/accounts\/[^/]+$/],
  ['PUT', /^\/api\/layer-access\/[^/]+$/],
  ['POST', /^\/api\/imports$/],
  ['PATCH', /^\/api\/imports\/[^/]+$/],
  ['PUT', /^\/api\/import-profiles\/[^/]+$/],
  ...markingBodies,
  ...changeSetBodies,
  ...workbookBodies,
  ...sheetBodies,
  ['POST', /^\/api\/mine-sites\/[^/]+\/attachments$/],
  ['POST', /^\/api\/attachments$/],
  ['POST', /^\/api\/attachments\/unmatched\/[^/]+$/],
];

function takesBody(basePath: string): (request: Request) => boolean {
  return ({ method, path }) =>
    path.startsWith(basePath) &&
    withBody.some(([asked, pattern]) => asked === method && pattern.test(path.slice(basePath.length)));
}

const refuseMalformedPath: RequestHandler = (request, _response, next) => {
  checkPath(request);
  next();
};

/** The page's addresses are relative: /lantu would look for its files beside itself instead of below. */
function addSlash(basePath: string): RequestHandler {
  return (request, response, next) => {
    const [path, query] = request.originalUrl.split('?', 2);
    if (path !== basePath) next();
    else response.redirect(308, `${basePath}/${query === undefined ? '' : `?${query}`}`);
  };
}

const sayNotFound: RequestHandler = (request) => {
  throw new NotFoundError({
    zh: `这里没有 ${request.originalUrl.split('?', 1)[0]}。`,
    en: `There is nothing at ${request.originalUrl.split('?', 1)[0]}.`,
  });
};
