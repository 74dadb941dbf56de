/**
 * Files whose name names no site: looked at, kept for an hour under a token, and given a site by hand by whoever sent them.
 * They lie in <dataDir>/evidence/unmatched, each with a note of what it is; bounded in number and bytes.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { evidenceMeaningSchema } from '../../geodata/contract/attachments.ts';
import { NotFoundError, StorageFullError } from '../errors.ts';
import { evidenceFolder } from './evidence-files.ts';

const noteSchema = z.object({
  accountId: z.string(),
  fileName: z.string(),
  kind: z.enum(['photo', 'document']),
  meaning: evidenceMeaningSchema,
});
export type UnmatchedNote = z.infer<typeof noteSchema>;

export type UnmatchedFiles = {
  /** Takes the file at `path` and gives its token. Throws StorageFullError where too much waits already. */
  keep(path: string, note: UnmatchedNote): Promise<string>;
  /** What waits under a token of this account. Throws NotFoundError. */
  find(token: string, accountId: string): Promise<UnmatchedNote>;
  /** Moves the file to `target`; of two who ask, one gets it. Throws NotFoundError. */
  take(token: string, target: string): Promise<void>;
  /** Puts a file taken back under its token, where it could not be stored. */
  putBack(token: string, path: string, note: UnmatchedNote): Promise<void>;
};

const keptMs = 60 * 60_000;
const mostFiles = 2_000;
const mostBytes = 4 * 2 ** 30;

export function createUnmatchedFiles(dataDir: string, now: () => number = Date.now): UnmatchedFiles {
  const folder = unmatchedFolder(dataDir);
  const noteOf = (token: string): string => join(folder, `${token}.json`);

  async function put(token: string, path: string, note: UnmatchedNote): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(noteOf(token), JSON.stringify(note), { mode: 0o600 });
    await rename(path, join(folder, token));
  }

  return {
    async keep(path, note) {
      await sweepUnmatched(dataDir, now);
      await refuseTooMuch(folder);
      const token = randomBytes(18).toString('base64url');
      await put(token, path, note);
      return token;
    },
    async find(token, accountId) {
      if (!/^[\w-]{24}$/.test(token)) throw noSuchToken();
      const file = await stat(join(folder, token)).catch(() => null);
      if (file === null || file.ctimeMs < now() - keptMs) throw noSuchToken();
      const note = noteSchema.parse(JSON.parse(await readFile(noteOf(token), 'utf8').catch(missing)));
      if (note.accountId !== accountId) throw noSuchToken();
      return note;
    },
    async take(token, target) {
      await rename(join(folder, token), target).catch(missing);
      await rm(noteOf(token), { force: true });
    },
    putBack: put,
  };
}

/** Removes what has waited an hour, or has lost its file, and gives the number of files; `putBack` begins the hour anew. */
export async function sweepUnmatched(dataDir: string, now: () => number = Date.now): Promise<number> {
  const folder = unmatchedFolder(dataDir);
  let swept = 0;
  for (const name of await readdir(folder).catch(() => [])) {
    const file = await stat(join(folder, name)).catch(() => null);
    // A file is as old as its coming here; its own date may be any.
    if (file === null || file.ctimeMs > now() - keptMs) continue;
    await rm(join(folder, name), { force: true });
    if (!name.endsWith('.json')) swept += 1;
  }
  return swept;
}

function unmatchedFolder(dataDir: string): string {
  return join(evidenceFolder(dataDir), 'unmatched');
}

async function refuseTooMuch(folder: string): Promise<void> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => !name.endsWith('.json'));
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  if (names.length < mostFiles && sizes.reduce((sum, size) => sum + size, 0) < mostBytes) return;
  throw new StorageFullError({
    zh: '等待手工指定矿山的文件过多,请先处理,或一小时后再试。',
    en: 'Too many files wait to be given a site; sort those first, or try again in an hour.',
  });
}

function noSuchToken(): NotFoundError {
  return new NotFoundError({
    zh: '没有这个待指定的文件:可能已指定,或已超过一小时。请重新上传。',
    en: 'No such file waits for a site: it was given one already, or an hour has passed. Send it again.',
  });
}

function missing(error: NodeJS.ErrnoException): never {
  throw error.code === 'ENOENT' ? noSuchToken() : error;
}
