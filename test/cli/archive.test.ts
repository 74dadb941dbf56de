/** Backup and restore: every byte comes back on either engine, and a bad archive changes nothing. */
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RestoreOptions, restoreArchive } from '../../server/archive/restore-archive.ts';
import { inOrderOfReference } from '../../server/archive/table-plan.ts';
import { writeArchive } from '../../server/archive/write-archive.ts';
import type { Database } from '../../server/db/database.ts';
import { evidencePath } from '../../server/evidence/evidence-files.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { tinyRegion } from '../fixtures/tiny-region.ts';
import { dumpDatabase, evidence, fillDatabase, putEvidence } from '../fixtures/whole-database.ts';

const region = tinyRegion;
const bulk = { class: 'bulk' } as const;
const never = new AbortController().signal;
const plain: RestoreOptions = { replace: false, allowBrokenChain: false, signal: never };

let folder: string;
/** Of databases here and their evidence. */
let config: { dataDir: string };
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantu-archive-'));
  config = { dataDir: join(folder, 'data') };
  await putEvidence(config.dataDir);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describeOnEngines('an archive made', (source) => {
  let path: string;
  let dump: Record<string, string[]>;
  beforeAll(async () => {
    const database = await source.open();
    await fillDatabase(database);
    dump = await dumpDatabase(database);
    path = join(folder, `${source.engine}.lantu.gz`);
    const summary = await writeArchive({ database, region, config }, path, never);
    expect(summary).toMatchObject({
      path,
      tables: Object.keys(dump).length,
      rows: Object.values(dump).flat().length,
      files: 1,
      missingFiles: [],
    });
  });

  it('covers every table, can be read by its owner only, and is not written over', async () => {
    expect(Object.entries(dump).filter(([, rows]) => rows.length === 0)).toEqual([]);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const database = await source.open();
    await expect(writeArchive({ database, region, config }, path, never)).rejects.toMatchObject({
      code: 'unprocessable',
    });
  });

  it('says which files of evidence it goes without, because they are missing or damaged', async () => {
    const database = await source.open();
    await fillDatabase(database);
    const context = { database, region, config: { dataDir: join(folder, `lost-${source.engine}`) } };
    const tried = join(folder, `lost-${source.engine}.lantu.gz`);
    expect(await writeArchive(context, tried, never)).toMatchObject({
      files: 0,
      missingFiles: [evidence.sha256],
    });
    await rm(tried);
    await writeFile(await putEvidence(context.config.dataDir), 'damaged');
    expect(await writeArchive(context, tried, never)).toMatchObject({
      files: 0,
      missingFiles: [evidence.sha256],
    });
  });

  describeOnEngines('restored', (target) => {
    it('gives the files of evidence back, and mends a damaged one', async () => {
      const other = { dataDir: join(folder, `other-${source.engine}-${target.engine}`) };
      await writeFile(await putEvidence(other.dataDir), 'damaged');
      const database = await target.open();
      const summary = await restoreArchive({ database, region, config: other }, path, plain);
      expect(summary.files).toBe(1);
      expect((await readFile(evidencePath(other.dataDir, evidence.sha256))).equals(evidence.bytes)).toBe(
        true,
      );
      expect(await readdir(join(other.dataDir, 'imports')).catch(() => [])).toEqual([]);
    });

    it('gives the same rows, verified chains, live triggers and unused numbers', async () => {
      const database = await target.open();
      const query = (text: string) => database.query(text, [], bulk);
      await restoreArchive({ database, region, config }, path, plain);
      expect(await dumpDatabase(database)).toEqual(dump);
      expect(
        await query('select distinct app.verify_event_chain(dataset_id) as broken from app.event_chain'),
      ).toEqual([{ broken: null }]);
      await expect(query('delete from app.mine_site_event')).rejects.toMatchObject({
        cause: { code: 'LT002' },
      });
      const [added] = await database.query<{ id: string }>(
        `insert into app.dataset (layer_id, kind, title, source, as_of) values ('rivers', 'sample', '', '', '2025-01-01') returning id`,
        [],
        bulk,
      );
      expect(added?.id).toBe('5');
    });
  });
});

describeOnEngines('restoring', ({ open, engine }) => {
  let source: Database;
  let path: string;
  let lines: string[];
  let target: Database;
  let before: Record<string, string[]>;
  beforeAll(async () => {
    source = await open();
    await fillDatabase(source);
    path = join(folder, `restoring-${engine}.lantu.gz`);
    await writeArchive({ database: source, region, config }, path, never);
    lines = gunzipSync(await readFile(path))
      .toString('utf8')
      .split('\n')
      .slice(0, -1);
    target = await open();
    await target.query(
      `insert into app.audit (actor, action, subject) values ('earlier', 'earlier', 'earlier')`,
      [],
      bulk,
    );
    before = await dumpDatabase(target);
  });

  const attempt = async (bytes: Buffer | string[], options: Partial<RestoreOptions> = {}) => {
    const file = join(folder, `attempt-${engine}.lantu.gz`);
    await writeFile(file, Array.isArray(bytes) ? gzipSync(bytes.map((line) => `${line}\n`).join('')) : bytes);
    return restoreArchive({ database: target, region, config }, file, {
      ...plain,
      replace: true,
      ...options,
    });
  };
  /** The archive with other lines and the checksum that fits them. */
  const sealed = (changed: string[]): string[] => {
    const body = changed.slice(0, -1);
    const sha256 = createHash('sha256')
      .update(body.map((line) => `${line}\n`).join(''))
      .digest('hex');
    return [...body, JSON.stringify({ end: true, sha256 })];
  };
  const rewritten = (from: string, to: string): string[] => {
    expect(lines.filter((line) => line.includes(from)).length).toBeGreaterThan(0);
    return lines.map((line) => line.replace(from, to));
  };
  const withHeader = (change: object): string[] =>
    sealed([JSON.stringify({ ...JSON.parse(lines[0] ?? ''), ...change }), ...lines.slice(1)]);

  describe('is refused, and changes nothing, when the archive', () => {
    const header = () => JSON.parse(lines[0] ?? '');
    /** Of the only file, with one bit changed. */
    const lastPiece = (): Buffer => {
      const piece = Buffer.from(JSON.parse(lines.at(-2) ?? ''), 'base64');
      piece[0] = (piece[0] ?? 0) ^ 1;
      return piece;
    };
    const cases: [string, () => Promise<Buffer | string[]>, RegExp][] = [
      [
        'is cut in the middle',
        async () => (await readFile(path)).subarray(0, 3000),
        /not a whole Lantu archive/,
      ],
      [
        'lacks its last bytes',
        async () => (await readFile(path)).subarray(0, -4),
        /not a whole Lantu archive/,
      ],
      ['lacks its end', async () => lines.slice(0, -1), /not a whole Lantu archive/],
      ['lacks a row', async () => lines.filter((_, index) => index !== 5), /not a whole Lantu archive/],
      ['has a changed letter', async () => rewritten('章贡区', '章贡县'), /checksum/],
      ['goes on after its end', async () => [...lines, '[]'], /goes on/],
      ['is another kind of file', async () => Buffer.from('not gzip at all'), /not a whole Lantu archive/],
      [
        'lacks a piece of a file',
        async () => lines.filter((_, index) => index !== lines.length - 2),
        /not a whole/,
      ],
      [
        'has another file under the name of one',
        async () => sealed([...lines.slice(0, -2), JSON.stringify(lastPiece().toString('base64')), '']),
        /file [0-9a-f]{64}/,
      ],
      ['is empty', async () => Buffer.alloc(0), /not a whole Lantu archive/],
      ['has a newer format', async () => withHeader({ format: 3 }), /newer Lantu \(format 3\)/],
      [
        'has a newer schema',
        async () =>
          withHeader({ migrations: [...header().migrations, { name: '9999-x.sql', checksum: '' }] }),
        /newer Lantu \(migration 9999-x\.sql/,
      ],
      [
        'has an older schema',
        async () => withHeader({ migrations: header().migrations.slice(0, -1) }),
        /older Lantu/,
      ],
      ['is of another region', async () => withHeader({ region: 'elsewhere' }), /region "elsewhere"/],
      [
        'holds an event chain rewritten together with the checksum',
        async () => sealed(rewritten('2024-03-01", "2024-02', '2024-03-02", "2024-02')),
        /does not hold/,
      ],
    ];
    it.each(cases)('%s', async (_, bytes, message) => {
      await expect(attempt(await bytes())).rejects.toThrow(message);
      expect(await dumpDatabase(target)).toEqual(before);
    });

    it('is not there', async () => {
      const absent = join(folder, 'absent.lantu.gz');
      await expect(restoreArchive({ database: target, region, config }, absent, plain)).rejects.toThrow(
        /There is no file/,
      );
    });
  });

  it('is refused without --replace when the database has rows', async () => {
    await expect(attempt(lines, { replace: false })).rejects.toThrow(/not empty/);
    expect(await dumpDatabase(target)).toEqual(before);
  });

  it('ends without a change when it is cancelled, and a cancelled backup leaves no file', async () => {
    const abort = new AbortController();
    const cancelled = attempt(lines, {
      signal: abort.signal,
      beforeReplace: async () => abort.abort(new Error('cancelled')),
    });
    await expect(cancelled).rejects.toThrow('cancelled');
    expect(await dumpDatabase(target)).toEqual(before);
    const file = join(folder, `cancelled-${engine}.lantu.gz`);
    await expect(writeArchive({ database: source, region, config }, file, abort.signal)).rejects.toThrow(
      'cancelled',
    );
    expect((await readdir(folder)).filter((name) => name.startsWith(`cancelled-${engine}`))).toEqual([]);
  });

  it('replaces everything with --replace, after a backup, with revisions never used before', async () => {
    await fillDatabase(target);
    await target.query('update app.layer_revision set revision = 1000 where layer_id = $1', ['rivers'], bulk);
    const old = await dumpDatabase(target);
    const kept = join(folder, `kept-${engine}.lantu.gz`);
    await attempt(lines, {
      beforeReplace: async () => {
        await writeArchive({ database: target, region, config }, kept, never);
      },
    });
    const now = await dumpDatabase(target);
    const wanted = await dumpDatabase(source);
    for (const table of Object.keys(wanted)) {
      if (!['app.audit', 'app.audit_chain', 'app.layer_revision'].includes(table))
        expect(now[table], table).toEqual(wanted[table]);
    }
    expect(now['app.audit']?.at(-1)).toContain('restore-replace');
    const [rivers] = await target.query<{ revision: string }>(
      `select revision from app.layer_revision where layer_id = 'rivers'`,
      [],
      bulk,
    );
    expect(rivers?.revision).toBe('1001');
    const again = await open();
    await restoreArchive({ database: again, region, config }, kept, plain);
    expect(await dumpDatabase(again)).toEqual(old);
  });

  it('takes a broken chain when told to, and notes it', async () => {
    const broken = sealed(rewritten('2024-03-01", "2024-02', '2024-03-02", "2024-02'));
    await attempt(broken, { allowBrokenChain: true });
    expect((await dumpDatabase(target))['app.audit']?.join()).toContain('restore-broken-chain');
  });
});

describe('tables', () => {
  it('come after those they refer to, and a circle is named', () => {
    const a = { name: 'a', refers_to: ['b'] };
    const b = { name: 'b', refers_to: ['c'] };
    const c = { name: 'c', refers_to: [] };
    expect(inOrderOfReference([a, b, c])).toEqual([c, b, a]);
    expect(() => inOrderOfReference([a, { name: 'b', refers_to: ['a'] }, c])).toThrow('circle: a, b');
  });
});
