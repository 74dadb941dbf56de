/**
 * /api/sheets, /api/sheet-jobs, /api/sheet-templates, /api/saved-sheets: maps on paper, drawn at once or as a job, and the
 * sheets an account keeps. Whoever may read the layers may print them.
 */
import { type Request, type Response, Router } from 'express';
import {
  type SheetSpec,
  savedSheetNameSchema,
  sheetOrderSchema,
  sheetSpecSchema,
} from '../../geodata/contract/sheets.ts';
import { sheetTemplates } from '../../geodata/domain/sheet-templates.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { ReadingRecorder } from '../audit/reading-recorder.ts';
import { auditActor } from '../audit/record-audit.ts';
import type { Context } from '../context.ts';
import { checkShape, readJsonBody } from '../http/json-body.ts';
import { allowOnly, readOnly } from '../http/methods.ts';
import { readQuery, refuseUnknown } from '../http/query-parameters.ts';
import { sendSheetFile, setSheetHeaders } from './send-sheet.ts';
import { findSavedSheet, listSavedSheets, removeSavedSheet, saveSheet } from './service/saved-sheets.ts';
import { sheetContentTypes } from './service/sheet-file-name.ts';
import type { SheetOrderer } from './service/sheet-orderer.ts';
import type { SheetService } from './service/sheet-service.ts';
import { parseDpi, parseFormat, parsePreview, parseSpec } from './spec-parameters.ts';

/** Of a spec or order; a series may name two thousand sites. */
const mostBodyBytes = 64 * 1024;

/** Requests of these routes that read a body (see app.ts). */
export const sheetBodies: readonly [method: string, path: RegExp][] = [
  ['POST', /^\/api\/sheets$/],
  ['POST', /^\/api\/sheets\/plan$/],
  ['POST', /^\/api\/sheet-jobs$/],
  ['PUT', /^\/api\/saved-sheets\/[^/]+$/],
];

export function sheetRoutes(
  { database }: Pick<Context, 'database'>,
  accounts: Accounts,
  service: SheetService,
  readings: Pick<ReadingRecorder, 'count'>,
): Router {
  const router = Router({ caseSensitive: true });

  function ordererOf(request: Request): SheetOrderer {
    const { account } = accounts.identify(request);
    const isAnonymous = account.role === 'anonymous';
    return {
      account,
      actor: auditActor(account),
      isCommand: false,
      accountId: isAnonymous ? null : account.id,
      owner: isAnonymous ? `anonymous ${request.ip ?? ''}` : account.id,
    };
  }

  async function print(
    request: Request,
    response: Response,
    spec: SheetSpec,
    disposition: 'inline' | 'attachment',
  ): Promise<void> {
    const parameters = readQuery(request);
    const format = parseFormat(parameters);
    const isPreview = parsePreview(parameters, format);
    const orderer = ordererOf(request);
    const abort = new AbortController();
    response.once('close', () => abort.abort(new Gone()));
    try {
      const made = await service.print(
        { spec, format, dpi: parseDpi(parameters), orderer, isPreview },
        abort.signal,
      );
      if (isPreview) countReading(orderer, made);
      const contentType = format === 'svg' ? 'image/svg+xml; charset=utf-8' : sheetContentTypes[format];
      setSheetHeaders(response, { name: made.fileName, contentType, disposition });
      response.end(request.method === 'HEAD' ? undefined : made.bytes);
    } catch (error) {
      if (!(error instanceof Gone)) throw error;
    }
  }

  function countReading(
    { account, actor }: SheetOrderer,
    { plan, rights }: Pick<Awaited<ReturnType<SheetService['print']>>, 'plan' | 'rights'>,
  ): void {
    if (account.role === 'anonymous') return;
    for (const { definition } of plan.layers) {
      if (rights.isTraced(definition)) readings.count({ actor, layerId: definition.id, kind: 'sheet' });
    }
  }

  const printParameters = ['format', 'dpi', 'preview', 'lang'];
  router.all('/sheets', allowOnly('GET', 'HEAD', 'POST'));
  router.get('/sheets', async (request, response) => {
    const parameters = readQuery(request);
    refuseUnknown(parameters, ['spec', ...printParameters]);
    await print(request, response, parseSpec(parameters), 'inline');
  });
  router.post('/sheets', async (request, response) => {
    accounts.checkWrite(request);
    refuseUnknown(readQuery(request), printParameters);
    const spec = await readJsonBody(request, sheetSpecSchema, mostBodyBytes);
    await print(request, response, spec, 'attachment');
  });

  router.all('/sheets/plan', allowOnly('POST'));
  router.post('/sheets/plan', async (request, response) => {
    refuseUnknown(readQuery(request), ['lang']);
    const spec = await readJsonBody(request, sheetSpecSchema, mostBodyBytes);
    response.set('Cache-Control', 'no-store').json(await service.plan(spec, ordererOf(request)));
  });

  router.all('/sheet-templates', readOnly);
  router.get('/sheet-templates', (request, response) => {
    refuseUnknown(readQuery(request), ['lang']);
    response.set('Cache-Control', 'no-cache').json({ templates: Object.values(sheetTemplates) });
  });

  jobRoutes(router);
  savedRoutes(router);
  return router;

  function jobRoutes(on: Router): void {
    const idOf = (request: Request): string => String(request.params.id);
    on.all('/sheet-jobs', allowOnly('POST'));
    on.post('/sheet-jobs', async (request, response) => {
      accounts.checkWrite(request);
      refuseUnknown(readQuery(request), ['lang']);
      const order = await readJsonBody(request, sheetOrderSchema, mostBodyBytes);
      const orderer = ordererOf(request);
      await service.check(order, orderer);
      const job = service.jobs.order(order, orderer);
      response.status(202).location(`sheet-jobs/${job.id}`).set('Cache-Control', 'no-store').json(job);
    });
    on.all('/sheet-jobs/:id', allowOnly('GET', 'HEAD', 'DELETE'));
    on.get('/sheet-jobs/:id', (request, response) => {
      refuseUnknown(readQuery(request), ['lang']);
      const job = service.jobs.find(idOf(request), ordererOf(request).accountId);
      response.set('Cache-Control', 'no-store').json(job);
    });
    on.delete('/sheet-jobs/:id', (request, response) => {
      accounts.checkWrite(request);
      refuseUnknown(readQuery(request), ['lang']);
      service.jobs.cancel(idOf(request), ordererOf(request).accountId);
      response.status(204).end();
    });
    on.all('/sheet-jobs/:id/file', readOnly);
    on.get('/sheet-jobs/:id/file', async (request, response) => {
      refuseUnknown(readQuery(request), ['lang']);
      const orderer = ordererOf(request);
      const file = service.jobs.file(idOf(request), orderer.accountId);
      // What was open when the order was made may be closed by now.
      const rights = await service.source.rights(orderer);
      for (const layer of file.layers) rights.check(layer);
      await sendSheetFile(request, response, { ...file, disposition: 'attachment' });
    });
  }

  function savedRoutes(on: Router): void {
    const nameOf = (request: Request): string => checkShape(request.params.name, savedSheetNameSchema);
    const ownerOf = (request: Request): string => {
      const { id } = accounts.authorize(request, 'read_details');
      refuseUnknown(readQuery(request), ['lang']);
      return id;
    };
    on.all('/saved-sheets', readOnly);
    on.get('/saved-sheets', async (request, response) => {
      const sheets = await listSavedSheets(database, ownerOf(request));
      response.set('Cache-Control', 'no-store').json({ sheets });
    });
    on.all('/saved-sheets/:name', allowOnly('GET', 'HEAD', 'PUT', 'DELETE'));
    on.get('/saved-sheets/:name', async (request, response) => {
      const sheet = await findSavedSheet(database, ownerOf(request), nameOf(request));
      response.set('Cache-Control', 'no-store').json(sheet);
    });
    on.put('/saved-sheets/:name', async (request, response) => {
      const owner = ownerOf(request);
      const name = nameOf(request);
      const spec = await readJsonBody(request, sheetSpecSchema, mostBodyBytes);
      response.set('Cache-Control', 'no-store').json(await saveSheet(database, owner, { name, spec }));
    });
    on.delete('/saved-sheets/:name', async (request, response) => {
      await removeSavedSheet(database, ownerOf(request), nameOf(request));
      response.status(204).end();
    });
  }
}

/** The other side has left: nobody waits for an answer. */
class Gone extends Error {}
