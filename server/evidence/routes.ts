/**
 * Photos and documents of mine sites: /api/mine-sites/{code}/attachments, /api/attachments and below. Whoever has signed in
 * may see them. Adding writes over nothing and needs no If-Match; withdrawing does.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type Request, type Response, Router } from 'express';
import {
  type Attachment,
  type AttachmentList,
  assignUnmatchedSchema,
  type UploadAnswer,
} from '../../geodata/contract/attachments.ts';
import type { MineSite } from '../../geodata/contract/marking.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { notAllowed } from '../accounts/refusals.ts';
import type { ReadingRecorder } from '../audit/reading-recorder.ts';
import type { Context } from '../context.ts';
import { BadRequestError, PreconditionFailedError } from '../errors.ts';
import { createGate } from '../http/gate.ts';
import { readIfMatch, versionTag } from '../http/if-match.ts';
import { readJsonBody } from '../http/json-body.ts';
import { allowOnly } from '../http/methods.ts';
import { readQuery, refuseUnknown } from '../http/query-parameters.ts';
import { createWorkFolder } from '../imports/work-folder.ts';
import { readMineSite } from '../remediation/read-mine-site.ts';
import { addSorted } from './add-sorted.ts';
import { assignUnmatched } from './assign-unmatched.ts';
import { listAttachments } from './attachments.ts';
import { nothingKept, prepareFiles } from './prepare-file.ts';
import { receiveFiles } from './receive-files.ts';
import { sendOriginal, sendThumbnail } from './send-evidence.ts';
import { type EvidenceSite, findSite, mayAddAnywhere, mayAddEvidence } from './site-rights.ts';
import { storeEvidence } from './store-evidence.ts';
import { createUnmatchedFiles } from './unmatched-files.ts';
import { findOne, withdrawEvidence } from './withdraw-evidence.ts';

export function evidenceRoutes(
  context: Context,
  accounts: Accounts,
  readings: Pick<ReadingRecorder, 'count'>,
): Router {
  const { config, database } = context;
  const router = Router({ caseSensitive: true });
  const uploads = createGate({ running: 8, waiting: 32, waitMs: 60_000 });
  const unmatched = createUnmatchedFiles(config.dataDir);
  const idOf = (request: Request): string => String(request.params.id);
  const account = (request: Request) => accounts.authorize(request, 'read_details');

  /** Before anything else of a request is looked at: who asks, and with which parameters. */
  function only(methods: readonly string[], parameters: readonly string[] = []) {
    return [
      allowOnly(...methods),
      (request: Request, response: Response, next: () => void): void => {
        const asker = account(request);
        if (!['GET', 'HEAD'].includes(request.method) && !mayAddAnywhere(asker)) throw notAllowed();
        refuseUnknown(readQuery(request), ['lang', ...parameters]);
        response.set('Cache-Control', 'private, no-cache');
        next();
      },
    ];
  }

  /** Runs `work` with an empty folder on the disk of the data folder, which is removed afterwards. */
  function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
    return uploads.run(async () => {
      const folder = await createWorkFolder(config.dataDir);
      try {
        return await work(folder.path);
      } finally {
        await folder.remove();
      }
    });
  }

  async function siteToAddTo(request: Request): Promise<EvidenceSite> {
    const site = await findSite(database, String(request.params.code));
    if (!mayAddEvidence(account(request), site)) throw notAllowed();
    return site;
  }

  router.all('/mine-sites/:code/attachments', only(['GET', 'HEAD', 'POST']));
  router.get('/mine-sites/:code/attachments', async (request, response) => {
    const site = await findSite(database, String(request.params.code));
    const list: AttachmentList = { attachments: await listAttachments(database, site.code) };
    const body = JSON.stringify(list);
    response.set('ETag', `"${createHash('sha256').update(body).digest('hex').slice(0, 32)}"`);
    response.type('application/json').send(body);
  });
  router.post('/mine-sites/:code/attachments', async (request, response) => {
    const site = await siteToAddTo(request);
    const answer = await withFolder(async (folder): Promise<UploadAnswer> => {
      const { files, meaning } = await receiveFiles(request, folder);
      const { prepared, refused } = await prepareFiles(files);
      if (prepared.length === 0) throw nothingKept(refused);
      const items = prepared.map((file) => ({ siteCode: site.code, file, meaning }));
      const stored = await storeEvidence(context, account(request), items, folder);
      return { stored, unmatched: [], refused };
    });
    response.status(201).json(answer);
  });

  router.all('/attachments', only(['POST']));
  router.post('/attachments', async (request, response) => {
    const answer = await withFolder((folder) =>
      addSorted(context, { request, account: account(request), unmatched, folder }),
    );
    response.status(answer.stored.length > 0 ? 201 : 200).json(answer);
  });
  router.all('/attachments/unmatched/:token', only(['POST']));
  router.post('/attachments/unmatched/:token', async (request, response) => {
    const { code } = await readJsonBody(request, assignUnmatchedSchema);
    const site = await findSite(database, code);
    if (!mayAddEvidence(account(request), site)) throw notAllowed();
    const token = String(request.params.token);
    const attachment: Attachment = await withFolder((folder) =>
      assignUnmatched(context, {
        account: account(request),
        unmatched,
        token,
        site,
        path: join(folder, 'file'),
        folder,
      }),
    );
    response.status(201).json(attachment);
  });

  router.all('/attachments/:id', only(['GET', 'HEAD', 'DELETE'], ['inline']));
  router.get('/attachments/:id', async (request, response) => {
    const isPreview = readInline(request);
    const asker = account(request);
    const { attachment, uploaderId } = await findOne(database, idOf(request));
    if (uploaderId !== asker.id)
      readings.count({ actor: asker.username, layerId: 'mine_sites', kind: 'download' });
    await sendOriginal(request, response, attachment, { dataDir: config.dataDir, isPreview });
  });
  router.delete('/attachments/:id', async (request, response) => {
    const seenVersion = readIfMatch(request);
    const asker = account(request);
    const done = await withdrawEvidence(context, asker, idOf(request), seenVersion);
    if ('staleSite' in done) throw stale(await readMineSite(database, asker, done.staleSite, null));
    response.set('ETag', versionTag(done.version)).json(done.attachment);
  });
  router.all('/attachments/:id/thumbnail', only(['GET', 'HEAD']));
  router.get('/attachments/:id/thumbnail', async (request, response) => {
    const { attachment } = await findOne(database, idOf(request));
    await sendThumbnail(request, response, attachment, config.dataDir);
  });
  return router;
}

/** `inline=true` shows a PDF in the page instead of saving it. */
function readInline(request: Request): boolean {
  const text = readQuery(request).get('inline');
  if (text === undefined || text === 'false') return false;
  if (text === 'true') return true;
  throw new BadRequestError(
    { zh: 'inline 应为 true 或 false。', en: 'inline is true or false.' },
    { field: 'inline' },
  );
}

function stale(current: MineSite): PreconditionFailedError {
  return new PreconditionFailedError(
    {
      zh: `这座矿山已有更新(现为版本 ${current.version}),请核对后重试。`,
      en: `The site has changed meanwhile (it is at version ${current.version}); look at it and try again.`,
    },
    { field: 'If-Match', members: { current } },
  );
}
