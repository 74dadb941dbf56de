/**
 * Writes the whole database, as of one moment, and the files of evidence it names to an archive file. Rows become lines in the database and are passed
 * on in batches, so memory stays bounded. On the embedded engine everything else waits until it is done.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Config } from '../config.ts';
import type { Context } from '../context.ts';
import type { Queryable } from '../db/database.ts';
import { quoteIdentifier } from '../db/layer-sql.ts';
import { UnprocessableError } from '../errors.ts';
import { evidencePath, hashOf, sizeOfFile } from '../evidence/evidence-files.ts';
import { listRecorded } from '../evidence/list-recorded.ts';
import { type ArchiveHeader, formatVersion, product } from './archive-format.ts';
import { readTablePlans, type TablePlan } from './table-plan.ts';

export type ArchiveSummary = {
  path: string;
  tables: number;
  rows: number;
  bytes: number;
  /** Of evidence, written. */
  files: number;
  /** Hashes of files that are on record, but not on the disk, or damaged there; the archive goes without them. */
  missingFiles: string[];
};

/** The database, and where its evidence lies. */
export type ArchiveContext = Pick<Context, 'database' | 'region'> & { config: Pick<Config, 'dataDir'> };

const batchBytes = 4_000_000;
const largestBatch = 5_000;

/**
 * Writes `path` (mode 0600) and returns what went in. The file appears under its name only when it is whole.
 * Throws UnprocessableError when `path` exists or cannot be written, `signal.reason` when aborted; nothing stays behind then.
 */
export async function writeArchive(
  context: ArchiveContext,
  path: string,
  signal: AbortSignal,
  options: { withFiles: boolean } = { withFiles: true },
): Promise<ArchiveSummary> {
  refuseExisting(path);
  const unfinished = `${path}.part`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await rm(unfinished, { force: true });
    const counted = { tables: 0, rows: 0, files: 0, missingFiles: [] as string[] };
    const sink = openSink(unfinished, signal);
    try {
      const recorded = await context.database.transaction(
        async (client) => {
          for await (const text of snapshotLines(context, client, counted, signal)) await sink.write(text);
          return options.withFiles ? await listRecorded(client) : [];
        },
        { class: 'bulk', isolation: 'snapshot' },
      );
      // Files never change and outlive their rows by a day: the database need not wait for them.
      for (const { sha256 } of recorded) {
        signal.throwIfAborted();
        const isWritten = await writeEvidence(sink, context.config.dataDir, sha256);
        if (isWritten) counted.files += 1;
        else counted.missingFiles.push(sha256);
      }
      await sink.close();
    } catch (error) {
      await sink.abandon();
      throw error;
    }
    const { size } = await stat(unfinished);
    await rename(unfinished, path);
    return { path, ...counted, bytes: size };
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    signal.throwIfAborted();
    throw explainWriteError(path, error);
  }
}

/** What the file system says, in words; everything else as it is. */
function explainWriteError(path: string, error: unknown): unknown {
  if (!(error instanceof Error && 'syscall' in error && 'path' in error && 'code' in error)) return error;
  return new UnprocessableError(
    {
      zh: `无法写入 ${path}(${error.code});请换一个有写入权限、空间足够的位置。`,
      en: `${path} cannot be written (${error.code}); choose a place this user may write that has room enough.`,
    },
    { cause: error },
  );
}

function refuseExisting(path: string): void {
  if (!existsSync(path)) return;
  throw new UnprocessableError({
    zh: `文件 ${path} 已存在,请换一个文件名。`,
    en: `The file ${path} exists already; choose another name.`,
  });
}

type Sink = {
  /** One or more whole lines. Throws what the file system says, or the reason of the signal. */
  write(text: string): Promise<void>;
  /** Writes the line that proves the others; everything is on the disk when it resolves. */
  close(): Promise<void>;
  /** Resolves when nothing writes any more. */
  abandon(): Promise<void>;
};

function openSink(path: string, signal: AbortSignal): Sink {
  const hash = createHash('sha256');
  const gzip = createGzip();
  // Flushed to the disk before it gets its name; readable by its owner only.
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true });
  const written = pipeline(gzip, file, { signal });
  written.catch(() => undefined);
  return {
    async write(text) {
      const bytes = Buffer.from(text);
      hash.update(bytes);
      if (!gzip.write(bytes)) await Promise.race([once(gzip, 'drain'), written]);
    },
    async close() {
      gzip.end(`${JSON.stringify({ end: true, sha256: hash.digest('hex') })}\n`);
      await written;
    },
    async abandon() {
      gzip.destroy();
      await written.catch(() => undefined);
    },
  };
}

/** A multiple of three, so that every line but the last is base64 without padding. */
const pieceBytes = 48 * 1024;

/** Whether the file is there and whole; only then anything of it is written. */
async function writeEvidence(sink: Sink, dataDir: string, sha256: string): Promise<boolean> {
  const bytes = await sizeOfFile(dataDir, sha256);
  const path = evidencePath(dataDir, sha256);
  if (bytes === null || (await hashOf(path)) !== sha256) return false;
  await sink.write(`${JSON.stringify({ file: sha256, bytes })}\n`);
  for await (const piece of createReadStream(path, { highWaterMark: pieceBytes }) as AsyncIterable<Buffer>)
    await sink.write(`${JSON.stringify(piece.toString('base64'))}\n`);
  return true;
}

/** Pieces of the archive, each one or more whole lines. */
async function* snapshotLines(
  { database, region }: Pick<Context, 'database' | 'region'>,
  client: Queryable,
  counted: { tables: number; rows: number },
  signal: AbortSignal,
): AsyncGenerator<string> {
  // One spelling of every value, whatever the server is set to.
  await client.query(
    `select set_config('TimeZone', 'UTC', true), set_config('DateStyle', 'ISO, YMD', true),
            set_config('IntervalStyle', 'postgres', true), set_config('bytea_output', 'hex', true),
            set_config('extra_float_digits', '1', true)`,
    [],
    { class: 'lookup' },
  );
  const plans = await readTablePlans(client);
  const header: ArchiveHeader = {
    product,
    format: formatVersion,
    createdAt: new Date().toISOString(),
    region: region.id,
    engine: database.engine,
    migrations: await client.query(
      'select name, checksum from app.schema_migration order by name collate "C"',
      [],
      { class: 'lookup' },
    ),
    tables: await describeTables(client, plans),
  };
  yield `${JSON.stringify(header)}\n`;
  for (const plan of plans) {
    yield `${JSON.stringify({ table: plan.name })}\n`;
    for await (const rows of tableRows(client, plan)) {
      signal.throwIfAborted();
      counted.rows += rows.length;
      yield `${rows.join('\n')}\n`;
    }
    counted.tables += 1;
  }
}

async function describeTables(client: Queryable, plans: TablePlan[]): Promise<ArchiveHeader['tables']> {
  const tables: ArchiveHeader['tables'] = [];
  for (const { name, columns, identity } of plans) {
    const [count] = await client.query<{ rows: string }>(`select count(*)::text as rows from ${name}`, [], {
      class: 'bulk',
    });
    const [sequence] =
      identity === null
        ? []
        : await client.query<{ last: string; called: boolean }>(
            `select last_value::text as last, is_called as called from ${identity.sequence}`,
            [],
            { class: 'lookup' },
          );
    tables.push({
      name,
      columns: columns.map((column) => column.name),
      rows: Number(count?.rows),
      identity:
        identity === null || sequence === undefined
          ? null
          : { column: identity.column, last: sequence.last, isCalled: sequence.called },
    });
  }
  return tables;
}

/** Rows as JSON lines in the order of the primary key, in batches of about `batchBytes`. */
async function* tableRows(client: Queryable, { name, columns, key }: TablePlan): AsyncGenerator<string[]> {
  const values = columns.map((column) => `${quoteIdentifier(column.name)}::text`).join(', ');
  const isText = (column: string): boolean => columns.some((c) => c.name === column && c.type === 'text');
  const order = (key ?? [])
    .map((column) => quoteIdentifier(column) + (isText(column) ? ' collate "C"' : ''))
    .join(', ');
  await client.query(
    `declare archive_rows no scroll cursor for
     select json_build_array(${values})::text as line from ${name}${order === '' ? '' : ` order by ${order}`}`,
    [],
    { class: 'bulk' },
  );
  let size = 100;
  for (;;) {
    const rows = await client.query<{ line: string }>(`fetch ${size} from archive_rows`, [], {
      class: 'bulk',
    });
    if (rows.length === 0) break;
    const lines = rows.map(({ line }) => line);
    yield lines;
    const meanBytes = lines.reduce((sum, line) => sum + line.length, 0) / lines.length;
    size = Math.max(1, Math.min(largestBatch, Math.floor(batchBytes / meanBytes)));
  }
  await client.query('close archive_rows', [], { class: 'lookup' });
}
