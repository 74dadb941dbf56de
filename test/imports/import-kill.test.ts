/** kill -9 of the process that imports, at several moments: the layer is exactly as it was, and nothing is left over. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createStagedSql } from '../../server/db/layer-stage-sql.ts';
import { openDatabase } from '../../server/db/open.ts';
import { siteLayer } from '../../server/imports/mine-layers.ts';
import { stagingOwner, sweepStaged } from '../../server/imports/staging-owner.ts';
import { createWorkFolder, sweepWorkFolders } from '../../server/imports/work-folder.ts';
import { type DatabasePlace, silentLog } from '../engines/database-place.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { ringAround, writeGeoJson } from '../fixtures/imports/deliveries.ts';
import { createImporter, type Importer } from '../fixtures/imports/importer.ts';

const program = fileURLToPath(new URL('../engines/import-process.ts', import.meta.url));
const rows = 1_500;
const feature = (code: string, index: number) => ({
  properties: { BSM: code, MC: code },
  geometry: { type: 'Polygon', coordinates: [ringAround(114 + (index % 100) / 50, 25.8)] },
});

describeOnEngines('a process killed while it imports', ({ place: newPlace, engine }) => {
  // On the embedded engine no second process can be beside, and nothing else can hold the lock.
  const onServer = engine === 'server' ? it : () => undefined;
  let place: DatabasePlace;
  let folder: string;
  let file: string;
  /** The layer as it was last seen: opening the embedded engine takes seconds. */
  let seen: string;
  beforeAll(async () => {
    place = await newPlace();
    folder = await mkdtemp(join(tmpdir(), 'lantu-import-kill-'));
    file = await writeGeoJson(
      folder,
      'many.geojson',
      Array.from({ length: rows }, (_, index) => feature(`K${index}`, index)),
    );
    seen = await withDatabase(async (importer) => {
      await importer.run(await writeGeoJson(folder, 'few.geojson', [feature('A', 1), feature('B', 2)]));
      return importer.state();
    });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function withDatabase<T>(work: (importer: Importer) => Promise<T>): Promise<T> {
    const database = await openDatabase(place, silentLog);
    const importer = await createImporter(database);
    try {
      return await work(importer);
    } finally {
      await importer.remove();
      await database.close();
    }
  }

  /** Starts an import and kills it when a line matches, or lets it end. Gives its lines. */
  async function importUntil(moment: RegExp, afterMs = 0): Promise<string[]> {
    const child: ChildProcess = spawn(process.execPath, [program, JSON.stringify(place), file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines: string[] = [];
    child.stdout?.on('data', (chunk: Buffer) => {
      for (const line of chunk.toString().split('\n').filter(Boolean)) {
        lines.push(line);
        if (moment.test(line)) setTimeout(() => child.kill('SIGKILL'), afterMs);
      }
    });
    await new Promise((resolve) => child.once('close', resolve));
    return lines;
  }

  const look = () =>
    withDatabase(async (importer) => ({
      state: await importer.state(),
      leftovers: await importer.rows(
        `select relname from pg_class where relnamespace = 'stage'::regnamespace and relname like 'staged%'`,
      ),
    }));

  it.each([
    ['while it reads', /Reading/, 0],
    ['while rows are staged', /Checked (?!1500)/, 0],
    ['as the swap begins', /Writing/, 0],
    ['within the swap', /Writing/, 40],
  ])(
    '%s leaves the layer as it was',
    async (_when, moment, afterMs) => {
      const lines = await importUntil(moment, afterMs);
      const { state } = await look();
      // Where the machine was faster than the kill, the import is whole.
      if (lines.includes('imported')) expect(state.match(/"code": "K\d+"/g)).toHaveLength(rows);
      else expect(state).toBe(seen);
      seen = state;
    },
    120_000,
  );

  it('leaves nothing behind for long: the next start sweeps its rows and files', async () => {
    await importUntil(/Writing/);
    expect(await readdir(join(place.dataDir, 'imports'))).toHaveLength(1);
    expect((await look()).leftovers).not.toEqual([]);
    expect((await importUntil(/never/)).at(-1)).toBe('imported');
    const { state, leftovers } = await look();
    expect(leftovers).toEqual([]);
    expect(await readdir(join(place.dataDir, 'imports'))).toEqual([]);
    expect(state.match(/"code": "K\d+"/g)).toHaveLength(rows);
    seen = state;
  }, 120_000);

  onServer('never sweeps what a live process of the same database stages', async () => {
    const [mine, other] = await Promise.all([openDatabase(place, silentLog), openDatabase(place, silentLog)]);
    const owner = stagingOwner(mine);
    const table = await owner.claim();
    await mine.query(createStagedSql(siteLayer(), table), [], { class: 'bulk' });
    const files = await createWorkFolder(place.dataDir);
    expect(await sweepStaged(other)).toBe(0);
    expect(await sweepWorkFolders(place.dataDir)).toBe(0);
    owner.release(table);
    await files.remove();
    // The lock goes with its connection, a moment later.
    let swept = 0;
    for (let attempt = 0; attempt < 50 && swept === 0; attempt += 1) {
      swept = await sweepStaged(other);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(swept).toBe(1);
    await Promise.all([mine.close(), other.close()]);
  });

  onServer(
    'changes nothing when it is killed with the swap under way',
    async () => {
      const database = await openDatabase(place, silentLog);
      // The swap waits for this lock with its transaction open.
      await database.transaction(
        async (client) => {
          await client.query('lock table geo.ecological_red_line in share mode', [], { class: 'bulk' });
          await importUntil(/Writing/, 500);
        },
        { class: 'bulk' },
      );
      await database.close();
      expect((await look()).state).toBe(seen);
    },
    120_000,
  );
});
