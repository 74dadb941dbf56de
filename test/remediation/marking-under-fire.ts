/** A server process under marking, to be killed, and what must hold of its database afterwards. */
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect } from 'vitest';
import { openDatabase } from '../../server/db/open.ts';
import { type DatabasePlace, silentLog } from '../engines/database-place.ts';
import { makePhoto } from '../evidence/pictures.ts';
import { startService } from '../features/service-under-test.ts';
import { addSites } from '../fixtures/marked-sites.ts';
import { faultsOf, type Ledger } from './compare-marks.ts';
import type { FoundMarks } from './examine-marks.ts';
import { type MarkingEditor, markingEditor } from './marking-editor.ts';

const serverFile = fileURLToPath(new URL('../engines/marking-server.ts', import.meta.url));
const lossyDisk = pathToFileURL(fileURLToPath(new URL('../engines/lossy-disk.ts', import.meta.url))).href;

/** Each has sites of his own to mark and one for photos. */
const editorCount = 4;
const sitesOf = (editor: number): string[] => [`E${editor}-1`, `E${editor}-2`, `E${editor}-3`];
const photoSiteOf = (editor: number): string => `E${editor}-P`;

export type MarkingServer = {
  url: string;
  found: FoundMarks;
  /** Signal 9; resolves when it has ended. */
  kill(): Promise<void>;
};

const running = new Set<ChildProcess>();

/** Ends what a failed test has left. */
export function killMarkingServers(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** Puts the sites and an editor there; gives his headers and the versions from which the sites start. */
export async function prepareMarking(place: DatabasePlace): Promise<Record<string, string>> {
  const database = await openDatabase(place, silentLog);
  try {
    const codes = Array.from({ length: editorCount }, (_, editor) => [
      ...sitesOf(editor),
      photoSiteOf(editor),
    ]).flat();
    await addSites(
      database,
      codes.map((code) => ({ code, status: 'in_progress', percent: 20 })),
    );
    const service = await startService(database, { config: { dataDir: place.dataDir } });
    const headers = await service.signedIn('editor');
    await service.close();
    return headers;
  } finally {
    await database.close();
  }
}

/** `lossy`: the folder in which what a power cut would leave is kept, as a copy of the engine's so far. */
export async function startMarkingServer(place: DatabasePlace, lossy?: string): Promise<MarkingServer> {
  const preloads = lossy === undefined ? [] : ['--import', lossyDisk];
  const child = spawn(process.execPath, [...preloads, serverFile, JSON.stringify(place)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      ...(lossy === undefined ? {} : { LOSSY_FOLDER: `${place.dataDir}/postgres`, LOSSY_DISK: lossy }),
    },
  });
  running.add(child);
  const ended = new Promise((resolve) => child.once('close', resolve));
  ended.then(() => running.delete(child));
  const [found = '', url = ''] = await new Promise<string[]>((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk;
      const lines = text.split('\n');
      if (lines.length > 2) resolve(lines);
    });
    ended.then(() => reject(new Error('the server ended before it listened')));
  });
  return {
    url,
    found: JSON.parse(found) as FoundMarks,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Editors mark and send photos until `stop` is called, which resolves when each has heard of his last request. */
export function startMarking(
  url: string,
  headers: Record<string, string>,
  ledger: Ledger,
): { stop(): Promise<void>; done(least: { marks: number; photos: number }): Promise<void> } {
  let isOver = false;
  const before = { marks: ledger.marks.length, photos: ledger.photos.length };
  async function work(index: number): Promise<void> {
    const editor = markingEditor(url, headers);
    const sites = sitesOf(index);
    for (let turn = 0; !isOver; turn += 1) {
      const code = sites[turn % sites.length] ?? '';
      const sent = { isWrite: false };
      try {
        if ((turn + index) % 3 === 2) await sendPhoto(editor, photoSiteOf(index), ledger, sent);
        else await markOnce(editor, code, ledger, sent);
      } catch {
        if (sent.isWrite) ledger.unanswered += 1;
        await wait(20);
      }
    }
  }
  const editors = Array.from({ length: editorCount }, (_, index) => work(index));
  return {
    async done({ marks, photos }) {
      const isMissing = (): boolean =>
        ledger.marks.length < before.marks + marks || ledger.photos.length < before.photos + photos;
      while (isMissing()) await wait(1);
    },
    async stop() {
      isOver = true;
      await Promise.all(editors);
    },
  };
}

let count = 0;

async function markOnce(
  editor: MarkingEditor,
  code: string,
  ledger: Ledger,
  sent: { isWrite: boolean },
): Promise<void> {
  const site = await editor.read(code);
  sent.isWrite = true;
  count += 1;
  const done = await editor.mark(site, `停工 ${count}`);
  // The site is this editor's alone, but a mark nobody answered may have come through.
  if (done !== 'stale') ledger.marks.push(done);
}

async function sendPhoto(
  editor: MarkingEditor,
  site: string,
  ledger: Ledger,
  sent: { isWrite: boolean },
): Promise<void> {
  count += 1;
  const photo = await makePhoto({ seed: `photo ${count}`, width: 64, height: 48 });
  sent.isWrite = true;
  ledger.photos.push({ site, sha256: await editor.sendPhoto(site, photo) });
}

/** Every acknowledged mark and photo is there, once, in its place; the chain holds; rows and files are pairs. */
export function expectNothingLost(found: FoundMarks, start: FoundMarks, ledger: Ledger): void {
  expect(faultsOf(found, start, ledger)).toEqual([]);
}
