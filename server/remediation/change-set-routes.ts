/**
 * /api/change-sets: many sites marked as one, the document of a list, taking a set back, and the list of sets. Versions are
 * told with each site of an order, which stands for If-Match.
 */
import { type Request, Router } from 'express';
import { changeSetOrderSchema, undoSchema } from '../../geodata/contract/change-sets.ts';
import type { SignedInAccount } from '../../geodata/contract/session.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { notAllowed } from '../accounts/refusals.ts';
import type { ReadingRecorder } from '../audit/reading-recorder.ts';
import type { Context } from '../context.ts';
import { BadRequestError, UnprocessableError } from '../errors.ts';
import { nothingKept, prepareFiles } from '../evidence/prepare-file.ts';
import { receiveFiles } from '../evidence/receive-files.ts';
import { sendOriginal } from '../evidence/send-evidence.ts';
import { mayAddAnywhere } from '../evidence/site-rights.ts';
import { createGate } from '../http/gate.ts';
import { readJsonBody } from '../http/json-body.ts';
import { allowOnly, readOnly } from '../http/methods.ts';
import { readQuery, refuseUnknown } from '../http/query-parameters.ts';
import { createWorkFolder } from '../imports/work-folder.ts';
import { listChangeSets, mostSets, noSuchSet, type SetPage } from './list-change-sets.ts';
import { findDocument, keepDocument } from './list-documents.ts';
import { makeChangeSet } from './make-change-set.ts';
import { undoChangeSet } from './undo-change-set.ts';

/** Requests of these routes that read a body (see app.ts). */
export const changeSetBodies: readonly [method: string, path: RegExp][] = [
  ['POST', /^\/api\/change-sets$/],
  ['POST', /^\/api\/change-sets\/documents$/],
  ['POST', /^\/api\/change-sets\/[^/]+\/undo$/],
];

export function changeSetRoutes(
  context: Context,
  accounts: Accounts,
  readings: Pick<ReadingRecorder, 'count'>,
): Router {
  const { config, database } = context;
  const router = Router({ caseSensitive: true });
  const uploads = createGate({ running: 4, waiting: 32, waitMs: 60_000 });
  // Each holds the chains of its sites: more at once only wait for each other.
  const sets = createGate({ running: 4, waiting: 64, waitMs: 60_000 });

  /** Whoever can mark anything; which sites is asked with the marks. */
  function marker(request: Request): SignedInAccount {
    const account = accounts.authorize(request, 'read_details');
    if (!mayAddAnywhere(account)) throw notAllowed();
    refuseUnknown(readQuery(request), ['lang']);
    return account;
  }

  router.all('/change-sets', allowOnly('GET', 'HEAD', 'POST'));
  router.get('/change-sets', async (request, response) => {
    const account = accounts.authorize(request, 'read_details');
    const page = parsePage(request);
    response.set('Cache-Control', 'no-store').json(await listChangeSets(database, account, page));
  });
  router.post('/change-sets', async (request, response) => {
    const account = marker(request);
    const order = await readJsonBody(request, changeSetOrderSchema);
    response.status(201).json(await sets.run(() => makeChangeSet(context, account, order)));
  });

  router.all('/change-sets/documents', allowOnly('POST'));
  router.post('/change-sets/documents', async (request, response) => {
    const account = marker(request);
    const kept = await uploads.run(async () => {
      const folder = await createWorkFolder(config.dataDir);
      try {
        const { files } = await receiveFiles(request, folder.path);
        if (files.length > 1) throw oneDocument();
        const { prepared, refused } = await prepareFiles(files);
        const [document] = prepared;
        if (document === undefined) throw nothingKept(refused);
        return await keepDocument(context, account, document);
      } finally {
        await folder.remove();
      }
    });
    response.status(201).json(kept);
  });

  router.all('/change-sets/:id/documents/:documentId', readOnly);
  router.get('/change-sets/:id/documents/:documentId', async (request, response) => {
    const account = accounts.authorize(request, 'read_details');
    refuseUnknown(readQuery(request), ['lang']);
    const { id, documentId } = request.params;
    const document = await findDocument(database, String(id), String(documentId));
    readings.count({ actor: account.username, layerId: 'mine_sites', kind: 'download' });
    await sendOriginal(request, response, document, { dataDir: config.dataDir, isPreview: false });
  });

  router.all('/change-sets/:id/undo', allowOnly('POST'));
  router.post('/change-sets/:id/undo', async (request, response) => {
    const account = marker(request);
    const { reason } = await readJsonBody(request, undoSchema);
    const id = String(request.params.id);
    if (!/^\d{1,18}$/.test(id)) throw noSuchSet();
    response.status(201).json(await sets.run(() => undoChangeSet(context, account, id, reason)));
  });
  return router;
}

function oneDocument(): UnprocessableError {
  return new UnprocessableError(
    {
      zh: '一份名单只附一个文件;多份材料请打成 ZIP 上传。',
      en: 'A list takes one document; pack several into a ZIP.',
    },
    { field: 'files' },
  );
}

function parsePage(request: Request): SetPage {
  const parameters = readQuery(request);
  refuseUnknown(parameters, ['before', 'limit', 'lang']);
  const before = parameters.get('before') ?? null;
  if (before !== null && !/^\d{1,18}$/.test(before)) {
    throw new BadRequestError(
      { zh: 'before 应取自 nextBefore。', en: 'before is taken from nextBefore.' },
      { field: 'before' },
    );
  }
  const limit = parameters.get('limit') ?? '20';
  if (!/^\d{1,3}$/.test(limit) || Number(limit) < 1 || Number(limit) > mostSets) {
    throw new BadRequestError(
      { zh: `limit 应为 1 到 ${mostSets}。`, en: `limit is 1 to ${mostSets}.` },
      { field: 'limit' },
    );
  }
  return { before, limit: Number(limit) };
}
