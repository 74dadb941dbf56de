/**
 * Files without a row are what uploads cut short have left, or belonged to rows that are gone: removed once they are a day
 * old. Rows without a file are told, never removed: the file may come back from a backup. What uploads that were killed
 * left in their work folders is swept with those (imports/work-folder.ts).
 */
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../context.ts';
import { namedSql } from '../db/named-sql.ts';
import { evidenceFolder, sizeOfFile } from './evidence-files.ts';
import { listRecorded } from './list-recorded.ts';
import { sweepUnmatched } from './unmatched-files.ts';

/** Long enough for whatever an upload has under way, and for a look at what went wrong. */
const keptMs = 24 * 3_600_000;

type SweepContext = Pick<Context, 'database' | 'config'>;

export type Swept = { files: number; unmatched: number };

/** Number of files removed. Throws where the database cannot be asked. */
export async function sweepEvidence(context: SweepContext, now: () => number = Date.now): Promise<Swept> {
  const { dataDir } = context.config;
  const unmatched = await sweepUnmatched(dataDir, now);
  let files = 0;
  for (const name of await readdir(evidenceFolder(dataDir)).catch(() => [])) {
    const folder = join(evidenceFolder(dataDir), name);
    if (/^[0-9a-f]{2}$/.test(name)) files += await sweepFolder(context, folder, now);
    else if (name.startsWith('thumbnail-') && (await isOld(folder, now)))
      await rm(folder, { recursive: true });
  }
  return { files, unmatched };
}

async function sweepFolder({ database }: SweepContext, folder: string, now: () => number): Promise<number> {
  const old: string[] = [];
  for (const name of await readdir(folder)) if (await isOld(join(folder, name), now)) old.push(name);
  if (old.length === 0) return 0;
  return database.transaction(
    async (client) => {
      // Nobody gives a file its place meanwhile, and whoever did before has written its row.
      await client.query(namedSql('evidence/lock-store'), [], { class: 'lookup' });
      const hashes = [...new Set(old.map((name) => name.split('.', 1)[0] ?? ''))];
      const rows = await client.query<{ sha256: string }>(namedSql('evidence/list-unreferenced'), [hashes], {
        class: 'lookup',
      });
      const unreferenced = new Set(rows.map(({ sha256 }) => sha256));
      const doomed = old.filter((name) => unreferenced.has(name.split('.', 1)[0] ?? ''));
      for (const name of doomed) await rm(join(folder, name), { force: true });
      return doomed.length;
    },
    { class: 'read' },
  );
}

async function isOld(path: string, now: () => number): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found !== null && found.ctimeMs < now() - keptMs;
}

export type MissingFile = { sha256: string; found: 'nothing' | 'other size' };

/** What the database refers to and the disk does not have, or not whole; hashes are not computed anew. */
export async function findMissing({ database, config }: SweepContext): Promise<{
  recorded: number;
  bytes: number;
  missing: MissingFile[];
}> {
  const files = await listRecorded(database);
  const missing: MissingFile[] = [];
  for (const { sha256, bytes } of files) {
    const size = await sizeOfFile(config.dataDir, sha256);
    if (size !== bytes) missing.push({ sha256, found: size === null ? 'nothing' : 'other size' });
  }
  return { recorded: files.length, bytes: files.reduce((sum, file) => sum + file.bytes, 0), missing };
}

export type EvidenceSweeper = { close(): Promise<void> };

const everyMs = 24 * 3_600_000;

/** Sweeps soon after the start and once a day; a sweep that fails is logged and hinders nothing. */
export function startEvidenceSweeper(context: Pick<Context, 'database' | 'config' | 'log'>): EvidenceSweeper {
  let running: Promise<void> = Promise.resolve();
  async function sweep(): Promise<void> {
    try {
      const swept = await sweepEvidence(context);
      if (swept.files > 0) context.log.info(swept, 'files of evidence that nothing refers to were removed');
      const { missing } = await findMissing(context);
      if (missing.length > 0)
        context.log.error(
          { missing: missing.length, first: missing[0]?.sha256 },
          'files of evidence are missing; npm run doctor lists them',
        );
    } catch (error) {
      context.log.warn({ err: error }, 'evidence could not be swept');
    }
  }
  const run = (): void => {
    running = running.then(sweep);
  };
  const first = setTimeout(run, firstMs).unref();
  const timer = setInterval(run, everyMs).unref();
  return {
    async close() {
      clearTimeout(first);
      clearInterval(timer);
      await running;
    },
  };
}

/** The first map comes first. */
const firstMs = 60_000;
