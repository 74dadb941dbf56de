/** /api/imports, /api/datasets/{id}/take-back and /api/import-profiles: importing from the screen; administrators only. */
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { type ImportJob, importProfileSchema, importSettingsSchema } from '../../geodata/contract/imports.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { auditActor } from '../audit/record-audit.ts';
import type { Context } from '../context.ts';
import { BadRequestError, NotFoundError, UnprocessableError } from '../errors.ts';
import { createGate } from '../http/gate.ts';
import { readJsonBody } from '../http/json-body.ts';
import { allowOnly } from '../http/methods.ts';
import { readQuery, refuseUnknown } from '../http/query-parameters.ts';
import type { Jobs } from './jobs.ts';
import { listImports } from './list-imports.ts';
import { listProfiles, removeProfile, saveProfile } from './profiles.ts';
import { takeBack } from './take-back.ts';
import { receiveUpload } from './upload.ts';
import { createWorkFolder } from './work-folder.ts';

export function importRoutes(context: Context, accounts: Accounts, jobs: Jobs): Router {
  const { config } = context;
  const router = Router({ caseSensitive: true });
  const uploads = createGate({ running: 2, waiting: 4, waitMs: 10_000 });
  const idOf = (request: Request): string => String(request.params.id);

  /** Before anything else of a request is looked at: who asks, and may they. */
  function only(...methods: string[]) {
    return [
      allowOnly(...methods),
      (request: Request, response: Response, next: () => void): void => {
        accounts.authorize(request, 'import');
        const isUpload = request.method === 'POST' && request.path === '/imports';
        refuseUnknown(readQuery(request), isUpload ? ['lang', modifiedParameter] : ['lang']);
        response.set('Cache-Control', 'no-store');
        next();
      },
    ];
  }
  const actorOf = (request: Request): string => auditActor(accounts.identify(request).account);

  router.all('/imports', only('GET', 'HEAD', 'POST'));
  router.get('/imports', async (_request, response) => {
    response.json({ jobs: jobs.list(), datasets: await listImports(context) });
  });
  router.post('/imports', async (request, response) => {
    const modified = readModified(request);
    jobs.checkRoom();
    const job = await uploads.run(async () => {
      const folder = await createWorkFolder(config.dataDir);
      try {
        const upload = await receiveUpload(request, join(folder.path, 'upload'));
        if (modified !== null)
          await Promise.all(upload.paths.map((path) => utimes(path, modified, modified)));
        return jobs.open(upload, folder);
      } catch (error) {
        await folder.remove();
        throw error;
      }
    });
    response.status(201).location(`imports/${job.id}`).json(job);
  });

  router.all('/imports/:id', only('GET', 'HEAD', 'PATCH', 'DELETE'));
  router.get('/imports/:id', (request, response) => {
    response.json(jobs.find(idOf(request)));
  });
  router.patch('/imports/:id', async (request, response) => {
    jobs.find(idOf(request));
    const settings = await readJsonBody(request, importSettingsSchema);
    response.json(await jobs.change(idOf(request), settings));
  });
  router.delete('/imports/:id', async (request, response) => {
    await jobs.discard(idOf(request));
    response.status(204).end();
  });

  const commands: Record<string, (request: Request) => Promise<ImportJob>> = {
    check: (request) => jobs.check(idOf(request)),
    start: (request) => jobs.start(idOf(request), actorOf(request)),
    cancel: (request) => jobs.cancel(idOf(request)),
  };
  for (const [name, command] of Object.entries(commands)) {
    router.all(`/imports/:id/${name}`, only('POST'));
    router.post(`/imports/:id/${name}`, async (request, response) => {
      response.json(await command(request));
    });
  }
  router.all('/imports/:id/report', only('GET', 'HEAD'));
  router.get('/imports/:id/report', (request, response) => {
    const report = jobs.report(idOf(request));
    const name = `lantu-import-${report.layerId}-${report.asOf}.json`;
    response
      .type('application/json')
      .set('Content-Disposition', `attachment; filename="${name}"`)
      .send(`${JSON.stringify(report, null, 2)}\n`);
  });

  router.all('/datasets/:id/take-back', only('POST'));
  router.post('/datasets/:id/take-back', async (request, response) => {
    const id = idOf(request);
    if (!/^\d{1,18}$/.test(id)) throw noSuchDataset();
    await takeBack(context, id, actorOf(request));
    const datasets = await listImports(context);
    response.json(datasets.find((dataset) => dataset.id === id) ?? null);
  });

  router.all('/import-profiles', only('GET', 'HEAD'));
  router.get('/import-profiles', async (_request, response) => {
    response.json({ profiles: await listProfiles(context) });
  });
  router.all('/import-profiles/:name', only('GET', 'HEAD', 'PUT', 'DELETE'));
  router.get('/import-profiles/:name', async (request, response) => {
    const name = nameOf(request);
    const profile = (await listProfiles(context)).find((candidate) => candidate.name === name);
    if (profile === undefined) throw noSuchProfile(name);
    response.json(profile);
  });
  router.put('/import-profiles/:name', async (request, response) => {
    const profile = await readJsonBody(request, importProfileSchema);
    if (profile.name !== nameOf(request)) throw otherName();
    response.json(await saveProfile(context, profile));
  });
  router.delete('/import-profiles/:name', async (request, response) => {
    await removeProfile(context, nameOf(request));
    response.status(204).end();
  });
  return router;
}

/** When the newest of the files was changed, as its sender's machine says: an upload itself does not tell. */
const modifiedParameter = 'modified';

function readModified(request: Request): Date | null {
  const text = readQuery(request).get(modifiedParameter);
  if (text === undefined) return null;
  if (z.iso.datetime().safeParse(text).success) return new Date(text);
  throw new BadRequestError(
    {
      zh: 'modified 应为 UTC 时刻,例如 2025-09-30T08:00:00Z。',
      en: 'modified is an instant in UTC, such as 2025-09-30T08:00:00Z.',
    },
    { field: modifiedParameter },
  );
}

function nameOf(request: Request): string {
  return String(request.params.name).trim();
}

function noSuchDataset(): NotFoundError {
  return new NotFoundError({
    zh: '没有这个数据集,可能已被撤回或清除;请刷新列表。',
    en: 'There is no such dataset; it may have been taken back or cleared. Load the list again.',
  });
}

function noSuchProfile(name: string): NotFoundError {
  return new NotFoundError({
    zh: `没有名为“${name}”的字段对照方案。`,
    en: `There is no mapping named "${name}".`,
  });
}

function otherName(): UnprocessableError {
  return new UnprocessableError(
    { zh: '地址中的名称与正文中的 name 不一致。', en: 'The name in the address is not that in the body.' },
    { field: 'name' },
  );
}
