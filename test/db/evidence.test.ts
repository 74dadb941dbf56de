/** Files and rows of evidence belong together: after sweeps, kills, imports and moves of the data. */
import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it } from 'vitest';
import { ganzhou } from '../../geodata/reference/ganzhou/region.ts';
import { transfer } from '../../server/cli/transfer.ts';
import { readConfig } from '../../server/config.ts';
import type { Context } from '../../server/context.ts';
import { listAttachments } from '../../server/evidence/attachments.ts';
import { evidenceFolder, evidencePath, hashOf } from '../../server/evidence/evidence-files.ts';
import { prepareFiles } from '../../server/evidence/prepare-file.ts';
import { storeEvidence } from '../../server/evidence/store-evidence.ts';
import { findMissing, sweepEvidence } from '../../server/evidence/sweep-evidence.ts';
import { createWorkFolder } from '../../server/imports/work-folder.ts';
import { openContext } from '../../server/open-context.ts';
import { examineEvidence } from '../../server/system/examine-evidence.ts';
import { type DatabasePlace, silentLog } from '../engines/database-place.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { addMineSites, editorOfTests } from '../evidence/mine-sites.ts';
import { makePhoto } from '../evidence/pictures.ts';
import { newDataset } from '../fixtures/datasets.ts';

const bulk = { class: 'bulk' } as const;
const writer = fileURLToPath(new URL('../evidence/keep-photos.ts', import.meta.url));
const inTwoDays = () => Date.now() + 48 * 3_600_000;

function open({ databaseUrl, dataDir }: DatabasePlace): Promise<Context> {
  const { config } = readConfig({
    LANTU_DATA_DIR: dataDir,
    ...(databaseUrl && { DATABASE_URL: databaseUrl }),
  });
  return openContext({ config, region: ganzhou, log: silentLog, onProgress: () => {} });
}

async function keep(context: Context, seed: string, siteCode = 'A-001'): Promise<string> {
  const folder = await createWorkFolder(context.config.dataDir);
  const path = join(folder.path, '0');
  await writeFile(path, await makePhoto({ seed, width: 200, height: 150 }));
  const { prepared } = await prepareFiles([{ name: 'a.jpg', path, isCut: false }]);
  const items = prepared.map((file) => ({ siteCode, file, meaning: {} }));
  const [stored] = await storeEvidence(context, editorOfTests, items, folder.path);
  await folder.remove();
  return stored?.sha256 ?? '';
}

/** Names of all files that lie by content, small pictures included. */
async function filesOf({ config }: Context): Promise<string[]> {
  const found = await readdir(evidenceFolder(config.dataDir), { recursive: true, withFileTypes: true });
  return found.flatMap((entry) => (entry.isFile() ? [entry.name] : [])).sort();
}

describeOnEngines('the files of evidence', ({ place }) => {
  let context: Context;
  let at: DatabasePlace;
  beforeAll(async () => {
    at = await place();
    context = await open(at);
    await addMineSites(context.database);
    return () => context.database.close();
  });

  it('are swept a day after nothing refers to them any more, and no others', async () => {
    const kept = await keep(context, 'kept');
    const { dataDir } = context.config;
    const stray = evidencePath(dataDir, 'ab'.repeat(32));
    const half = `${evidencePath(dataDir, 'cd'.repeat(32))}.webp`;
    for (const path of [stray, half]) {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, 'left over');
    }
    expect(await sweepEvidence(context)).toEqual({ files: 0, unmatched: 0 });
    expect((await stat(stray)).size).toBe(9);
    expect(await sweepEvidence(context, inTwoDays)).toEqual({ files: 2, unmatched: 0 });
    expect(await filesOf(context)).toEqual([kept, `${kept}.webp`]);
  });

  it('that are missing or cut are told by the doctor', async () => {
    expect(await examineEvidence(context)).toMatchObject([{ level: 'good' }]);
    const lost = await keep(context, 'lost');
    const path = evidencePath(context.config.dataDir, lost);
    const bytes = await readFile(path);
    for (const damage of [() => rm(path), () => writeFile(path, bytes.subarray(1))]) {
      await damage();
      const [finding] = await examineEvidence(context);
      expect(finding?.level).toBe('bad');
      expect(finding?.text.zh).toContain(lost);
    }
    // The same file sent again mends it.
    expect(await keep(context, 'lost')).toBe(lost);
    expect(await examineEvidence(context)).toMatchObject([{ level: 'good' }]);
  });

  it('outlive an import that removes and rewrites all sites; of sample sites they go with the sites', async () => {
    const { database } = context;
    const official = await newDataset(database, 'mine_sites');
    const write = () =>
      database.query(
        `insert into geo.mine_site (code, name, dataset_id) values ('O-001', '', $1)`,
        [official],
        bulk,
      );
    await write();
    const [ofOfficial, ofSample] = [await keep(context, 'o', 'O-001'), await keep(context, 's', 'A-002')];
    await database.query(`delete from geo.mine_site where code in ('O-001', 'A-002')`, [], bulk);
    await write();
    expect((await listAttachments(database, 'O-001')).map(({ sha256 }) => sha256)).toEqual([ofOfficial]);
    expect(await listAttachments(database, 'A-002')).toEqual([]);
    await sweepEvidence(context, inTwoDays);
    const files = await filesOf(context);
    expect([files.includes(ofOfficial), files.includes(ofSample)]).toEqual([true, false]);
  });

  it('are where a transferred database looks for them', async () => {
    const target = await place();
    if (target.databaseUrl === undefined) return;
    const lines: string[] = [];
    const reporter = {
      report: ({ en }: { en: string }) => lines.push(en),
      signal: AbortSignal.timeout(60_000),
    };
    await transfer.parse(['--to', target.databaseUrl], '/').run(context, reporter);
    const other = await open({ ...target, dataDir: at.dataDir });
    try {
      const { recorded, missing } = await findMissing(other);
      expect([recorded > 0, missing]).toEqual([true, []]);
      expect(lines.at(-1)).toContain(evidenceFolder(at.dataDir));
    } finally {
      await other.database.close();
    }
  });
});

describeOnEngines('kill -9 while photos are kept', ({ place }) => {
  const kills = 6;
  let at: DatabasePlace;
  beforeAll(async () => {
    at = await place();
    const context = await open(at);
    await addMineSites(context.database);
    await context.database.close();
  });

  /** Hashes acknowledged until the kill, which falls some milliseconds after the first of them. */
  function keepUntilKilled(round: number): Promise<string[]> {
    const child = spawn(process.execPath, [writer, JSON.stringify(at), String(round)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      const isFirst = !/[0-9a-f]{64}\n/.test(output);
      output += chunk;
      if (isFirst && /[0-9a-f]{64}\n/.test(output))
        setTimeout(() => child.kill('SIGKILL'), (round * 37) % 300);
    });
    return new Promise((resolve) => {
      child.once('close', () => resolve(output.match(/[0-9a-f]{64}(?=\n)/g) ?? []));
    });
  }

  it(`${kills} times leaves no row without its file, no file without its row, and every acknowledged one`, async () => {
    const acknowledged: string[] = [];
    for (let round = 0; round < kills; round += 1) {
      const kept = await keepUntilKilled(round);
      expect(kept.length).toBeGreaterThan(0);
      acknowledged.push(...kept);
      const context = await open(at);
      try {
        const { missing } = await findMissing(context);
        expect(missing).toEqual([]);
        const listed = (await listAttachments(context.database, 'A-001')).map(({ sha256 }) => sha256);
        expect(acknowledged.filter((sha256) => !listed.includes(sha256))).toEqual([]);
        expect(new Set(listed).size).toBe(listed.length);
        expect(await readdir(join(at.dataDir, 'imports')).catch(() => [])).toEqual([]);
        await sweepEvidence(context, inTwoDays);
        const files = await filesOf(context);
        expect(files).toEqual(listed.flatMap((sha256) => [sha256, `${sha256}.webp`]).sort());
      } finally {
        await context.database.close();
      }
    }
    for (const sha256 of acknowledged) expect(await hashOf(evidencePath(at.dataDir, sha256))).toBe(sha256);
  }, 240_000);
});
