/** GET /api/audit: what was done by whom, as JSON in pages or as one CSV; for auditors and administrators. */
import { pipeline } from 'node:stream/promises';
import { Router } from 'express';
import { z } from 'zod';
import type { AuditEntry } from '../../geodata/contract/audit.ts';
import { guardFormula } from '../../geodata/domain/formula-guard.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Context } from '../context.ts';
import { BadRequestError } from '../errors.ts';
import { createGate } from '../http/gate.ts';
import { readOnly } from '../http/methods.ts';
import { readQuery, refuseUnknown } from '../http/query-parameters.ts';
import { type AuditQuestion, listAudit, readWholeAudit } from './list-audit.ts';
import type { ReadingRecorder } from './reading-recorder.ts';
import { auditActor, recordAudit } from './record-audit.ts';

const defaultLimit = 100;
const mostEntries = 500;
const parameterNames = ['from', 'to', 'action', 'actor', 'before', 'limit', 'f', 'lang'];

export function auditRoutes(
  { database }: Pick<Context, 'database'>,
  accounts: Accounts,
  readings: ReadingRecorder,
): Router {
  const router = Router({ caseSensitive: true });
  const downloads = createGate({ running: 2, waiting: 4, waitMs: 10_000 });

  router.all('/audit', readOnly);
  router.get('/audit', async (request, response) => {
    const account = accounts.authorize(request, 'read_trace');
    const parameters = readQuery(request);
    refuseUnknown(parameters, parameterNames);
    const question = parseQuestion(parameters);
    const format = parseFormat(parameters.get('f'));
    response.set('Cache-Control', 'no-store');
    if (format === 'json') {
      const limit = parseNumber('limit', parameters.get('limit'), mostEntries) ?? defaultLimit;
      response.json(await listAudit(database, question, limit));
      return;
    }
    if (parameters.has('limit')) throw limitOfCsv();
    await readings.flush();
    const actor = auditActor(account);
    const detail = Object.fromEntries(Object.entries(question).filter(([, value]) => value !== null));
    await recordAudit(database, { actor, action: 'audit.download', subject: 'audit', detail });
    response
      .type('text/csv; charset=utf-8')
      .set('Content-Disposition', 'attachment; filename="lantu-audit.csv"');
    if (request.method === 'HEAD') response.end();
    else await downloads.run(() => pipeline(csvOf(readWholeAudit(database, question)), response));
  });
  return router;
}

/** With a byte order mark, without which spreadsheets take UTF-8 for something else. */
async function* csvOf(pages: AsyncIterable<AuditEntry[]>): AsyncGenerator<string> {
  yield '\uFEFFseq,at,actor,action,subject,detail,hash\r\n';
  for await (const entries of pages) {
    yield entries
      .map(({ seq, at, actor, action, subject, detail, hash }) => {
        const cells = [String(seq), at, actor, action, subject, JSON.stringify(detail), hash];
        return `${cells.map((cell) => `"${guardFormula(cell).replaceAll('"', '""')}"`).join(',')}\r\n`;
      })
      .join('');
  }
}

function parseQuestion(parameters: ReadonlyMap<string, string>): AuditQuestion {
  const words = (name: string): string | null => {
    const text = parameters.get(name)?.trim() ?? '';
    if (text.length <= 100) return text === '' ? null : text;
    throw new BadRequestError(
      { zh: `${name} 不超过 100 个字符。`, en: `${name} has at most 100 characters.` },
      { field: name },
    );
  };
  return {
    from: parseDay('from', parameters.get('from')),
    to: parseDay('to', parameters.get('to')),
    action: words('action'),
    actor: words('actor'),
    before: parseNumber('before', parameters.get('before'), Number.MAX_SAFE_INTEGER),
  };
}

function parseDay(name: string, text: string | undefined): string | null {
  if (text === undefined) return null;
  if (z.iso.date().safeParse(text).success && text >= '1900-01-01') return text;
  throw new BadRequestError(
    { zh: `${name} 应为日期,例如 2025-09-30。`, en: `${name} is a date such as 2025-09-30.` },
    { field: name },
  );
}

function parseNumber(name: string, text: string | undefined, most: number): number | null {
  if (text === undefined) return null;
  const value = /^\d{1,16}$/.test(text) ? Number(text) : 0;
  if (value >= 1 && value <= most) return value;
  throw new BadRequestError(
    { zh: `${name} 应为 1 到 ${most} 的整数。`, en: `${name} is a whole number from 1 to ${most}.` },
    { field: name },
  );
}

function parseFormat(text: string | undefined): 'json' | 'csv' {
  if (text === undefined || text === 'json') return 'json';
  if (text === 'csv') return 'csv';
  throw new BadRequestError({ zh: 'f 应为 json 或 csv。', en: 'f is json or csv.' }, { field: 'f' });
}

function limitOfCsv(): BadRequestError {
  return new BadRequestError(
    { zh: 'CSV 总是给出全部,不能带 limit。', en: 'A CSV always has all entries; leave limit out.' },
    { field: 'limit' },
  );
}
