/**
 * /api/workbooks: the form of a month to download, the filled one looked at, and applied. Versions stand in the workbook, which
 * is what If-Match is elsewhere.
 */
import { type Request, Router } from 'express';
import type { SignedInAccount } from '../../geodata/contract/session.ts';
import { workbookLimits } from '../../geodata/contract/workbooks.ts';
import { can } from '../../geodata/domain/can.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { notAllowed } from '../accounts/refusals.ts';
import type { ReadingRecorder } from '../audit/reading-recorder.ts';
import type { Context } from '../context.ts';
import { BadRequestError, TooLargeError, UnprocessableError } from '../errors.ts';
import { documentMediaTypes } from '../evidence/inspect-document.ts';
import { receiveFiles } from '../evidence/receive-files.ts';
import { contentDisposition } from '../evidence/send-evidence.ts';
import { createGate } from '../http/gate.ts';
import { languageOf } from '../http/language.ts';
import { allowOnly } from '../http/methods.ts';
import { readQuery, refuseUnknown } from '../http/query-parameters.ts';
import { createWorkFolder } from '../imports/work-folder.ts';
import { parsePeriodParameter } from '../remediation/period-parameter.ts';
import { applyWorkbook } from './apply-workbook.ts';
import { makeWorkbook } from './make-workbook.ts';
import { previewWorkbook } from './preview-workbook.ts';

const layer = { id: 'mine_sites' } as const;

/** Requests of these routes that read a body (see app.ts). */
export const workbookBodies: readonly [method: string, path: RegExp][] = [['POST', /^\/api\/workbooks$/]];

export function workbookRoutes(
  context: Context,
  accounts: Accounts,
  readings: Pick<ReadingRecorder, 'count'>,
): Router {
  const { config, database } = context;
  const router = Router({ caseSensitive: true });
  // Each takes a few tens of megabytes and some of the event loop.
  const workbooks = createGate({ running: 2, waiting: 32, waitMs: 60_000 });

  /** Whoever reports for some unit; which one is asked with the workbook. */
  function editor(request: Request): SignedInAccount {
    const account = accounts.authorize(request, 'read_details');
    if (!account.units.some((unit) => can(account, 'mark', layer, unit))) throw notAllowed();
    return account;
  }

  router.all('/workbooks', allowOnly('GET', 'HEAD', 'POST'));
  router.get('/workbooks', async (request, response) => {
    const account = editor(request);
    const parameters = readQuery(request);
    refuseUnknown(parameters, ['unit', 'period', 'lang']);
    const period = parsePeriodParameter(parameters.get('period'));
    const unit = unitOf(account, parameters.get('unit'));
    const language = languageOf(request);
    const { bytes, fileName } = await workbooks.run(() => makeWorkbook(database, { unit, period, language }));
    readings.count({ actor: account.username, layerId: 'mine_sites', kind: 'download' });
    response
      .set({
        'Content-Type': documentMediaTypes.xlsx,
        'Content-Disposition': contentDisposition('attachment', fileName),
        'Cache-Control': 'no-store',
      })
      .send(bytes);
  });

  router.post('/workbooks', async (request, response) => {
    const account = editor(request);
    const parameters = readQuery(request);
    refuseUnknown(parameters, ['period', 'lang']);
    const period = parsePeriodParameter(parameters.get('period'));
    const preview = await workbooks.run(async () => {
      const folder = await createWorkFolder(config.dataDir);
      try {
        const { files } = await receiveFiles(request, folder.path, workbookLimits.bytes);
        const [file] = files;
        if (file === undefined || files.length > 1) throw oneWorkbook();
        if (file.isCut) throw tooLarge();
        return await previewWorkbook(context, account, file.path, period);
      } finally {
        await folder.remove();
      }
    });
    response.set('Cache-Control', 'no-store').json(preview);
  });

  router.all('/workbooks/:token/apply', allowOnly('POST'));
  router.post('/workbooks/:token/apply', async (request, response) => {
    const account = editor(request);
    refuseUnknown(readQuery(request), ['lang']);
    const token = String(request.params.token);
    response.status(201).json(await workbooks.run(() => applyWorkbook(context, account, token)));
  });
  return router;
}

/** The asked unit, or the only one of the account. Throws ForbiddenError outside its scope. */
function unitOf(account: SignedInAccount, asked: string | undefined): string {
  const own = account.units.filter((unit) => can(account, 'mark', layer, unit));
  if (asked !== undefined) {
    if (!own.includes(asked)) throw notAllowed();
    return asked;
  }
  const [only] = own;
  if (only !== undefined && own.length === 1) return only;
  throw new BadRequestError(
    {
      zh: `账号负责多个填报单位,请用 unit 指定:${own.join('、')}。`,
      en: `The account reports for several units; say which in unit: ${own.join(', ')}.`,
    },
    { field: 'unit' },
  );
}

function oneWorkbook(): UnprocessableError {
  return new UnprocessableError(
    { zh: '一次上传一份填报表。', en: 'Send one workbook at a time.' },
    { field: 'files' },
  );
}

function tooLarge(): TooLargeError {
  const megabytes = workbookLimits.bytes / 2 ** 20;
  return new TooLargeError({
    zh: `填报表不超过 ${megabytes} MB。请重新下载填报表,只填黄色单元格,不插入图片。`,
    en: `A workbook may have ${megabytes} MB. Download the form again, fill in yellow cells only, and put no pictures into it.`,
  });
}
