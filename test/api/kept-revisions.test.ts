/**
 * Where this process alone writes, revisions and rights are kept in it: whatever writes, by whichever door, the very
 * next request sees it, and nobody is ever answered by rights that no longer stand.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CommandId, commands, findCommand } from '../../server/cli/commands.ts';
import { runInServer } from '../../server/control/control-client.ts';
import { type ControlServer, startControl } from '../../server/control/control-server.ts';
import type { Database } from '../../server/db/database.ts';
import { openDatabase } from '../../server/db/open.ts';
import { type DatabasePlace, silentLog } from '../engines/database-place.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { type ServiceUnderTest, startService } from '../features/service-under-test.ts';
import { newDataset } from '../fixtures/datasets.ts';
import { ringAround, writeGeoJson } from '../fixtures/imports/deliveries.ts';
import { createImporter, type Importer } from '../fixtures/imports/importer.ts';

const layerId = 'ecological_red_lines';
const items = `/ogc/collections/${layerId}/items`;
const bulk = { class: 'bulk' } as const;

describeOnEngines('revisions kept by the process', ({ engine, place }) => {
  let where: DatabasePlace;
  let database: Database;
  let importer: Importer;
  let service: ServiceUnderTest;
  let asAdministrator: Record<string, string>;
  let control: ControlServer;
  let delivery: string;
  beforeAll(async () => {
    where = await place();
    database = await openDatabase(where, silentLog);
    importer = await createImporter(database);
    service = await startService(database);
    asAdministrator = await service.signedIn('administrator');
    control = await startControl(importer.context, findCommand);
    const dataset = await newDataset(database, layerId, 'sample');
    await database.query(
      `insert into geo.ecological_red_line (code, name, dataset_id, geom)
       select 'S' || i, '示意' || i, $1::bigint, ST_GeomFromText('MULTIPOLYGON(((115 25,115.01 25,115.01 25.01,115 25)))', 4490)
       from generate_series(1, 3) as i`,
      [dataset],
      bulk,
    );
    delivery = await writeGeoJson(
      importer.folder,
      'official.geojson',
      ['A', 'B'].map((code) => ({
        properties: { BSM: code, MC: `正式${code}` },
        geometry: { type: 'Polygon', coordinates: [ringAround(115, 25.8)] },
      })),
    );
  });
  afterAll(async () => {
    await control.close();
    await service.close();
    await importer.remove();
    await database.close();
  });

  /** As `npm run` does beside this server: through its socket, and on PostgreSQL over a connection of its own. */
  async function type(command: CommandId, ...words: string[]): Promise<void> {
    const reporter = { report: () => undefined, signal: AbortSignal.timeout(60_000) };
    if (engine === 'embedded') {
      const { dataDir } = importer.context.config;
      expect(await runInServer(dataDir, { command, words, folder: importer.folder }, reporter)).toBe('done');
      return;
    }
    const own = await openDatabase(where, silentLog);
    try {
      const parsed = (await commands[command]()).parse(words, importer.folder);
      await parsed.run({ ...importer.context, database: own }, reporter);
    } finally {
      await own.close();
    }
  }

  type Seen = { anonymous: string[] | number; administrator: string[] | number };

  /** Names of the features, or the status, as everyone gets them from the first request on. */
  async function look(): Promise<Seen> {
    const ask = async (headers: Record<string, string>) => {
      const answer = await service.get(items, headers);
      if (answer.status !== 200) return answer.status;
      const { features } = (await answer.json()) as { features: { properties: { name: string } }[] };
      return features.map(({ properties }) => properties.name);
    };
    const seen = { anonymous: await ask({}), administrator: await ask(asAdministrator) };
    // Asked again it is a kept answer by kept rights, the same.
    expect({ anonymous: await ask({}), administrator: await ask(asAdministrator) }).toEqual(seen);
    return seen;
  }
  const both = (names: string[]): Seen => ({ anonymous: names, administrator: names });
  const sample = ['示意1', '示意2', '示意3'];
  const official = ['正式A', '正式B'];

  it('are seen changed after a statement, a transaction and a function that writes', async () => {
    expect(await look()).toEqual(both(sample));
    await database.query(`update geo.ecological_red_line set name = '改' where code = 'S1'`, [], bulk);
    expect(await look()).toEqual(both(['改', '示意2', '示意3']));
    await database.transaction(async (client) => {
      await client.raw.query(`update geo.ecological_red_line set name = '再改' where code = 'S1'`);
    }, bulk);
    expect(await look()).toEqual(both(['再改', '示意2', '示意3']));
    await database.query(
      `do $$ begin update geo.ecological_red_line set name = '示意1' where code = 'S1'; end $$`,
      [],
      bulk,
    );
    expect(await look()).toEqual(both(sample));
    await expect(
      database.transaction(async (client) => {
        await client.query(`update geo.ecological_red_line set name = '不成'`, [], bulk);
        throw new Error('given up');
      }, bulk),
    ).rejects.toThrow('given up');
    expect(await look()).toEqual(both(sample));
  });

  it('are seen changed after every command beside the server', async () => {
    expect(await look()).toEqual(both(sample));
    await type(
      'import',
      delivery,
      '--layer',
      layerId,
      '--classification',
      'internal',
      '--as-of',
      '2025-09-30',
    );
    expect(await look()).toEqual({ anonymous: 401, administrator: official });
    await type('access', '--layer', layerId, '--anonymous-read', 'on');
    expect(await look()).toEqual(both(official));
    await type('access', '--layer', layerId, '--anonymous-read', 'off');
    expect(await look()).toEqual({ anonymous: 401, administrator: official });
    const [dataset] = await importer.rows(
      `select id::text as id from app.dataset where layer_id = $1 and kind = 'official' order by id desc limit 1`,
      [layerId],
    );
    await type('take-back', '--dataset', String(dataset?.id));
    expect(await look()).toEqual(both(sample));
    await type('sample', '--clear');
    expect(await look()).toEqual(both([]));
  });

  it('never let anybody read what an import closes, while it is swapped in', async () => {
    await type('access', '--layer', layerId, '--anonymous-read', 'default');
    let isDone = false;
    const seen = new Set<string>();
    const readers = Array.from({ length: 4 }, async () => {
      while (!isDone) {
        const answer = await service.get(items);
        seen.add(answer.status === 200 ? await answer.text() : String(answer.status));
      }
    });
    await type(
      'import',
      delivery,
      '--layer',
      layerId,
      '--classification',
      'internal',
      '--as-of',
      '2025-09-30',
    );
    expect(await look()).toEqual({ anonymous: 401, administrator: official });
    isDone = true;
    await Promise.all(readers);
    expect(seen).toContain('401');
    expect([...seen].filter((text) => text.includes('正式'))).toEqual([]);
  });

  it('cost no question while nothing is written, where nobody else can write', async () => {
    await look();
    let asked = 0;
    const count = (): void => {
      asked += 1;
    };
    database.pool.on('acquire', count);
    await service.get(items);
    await service.get(items, asAdministrator);
    database.pool.off('acquire', count);
    if (engine === 'embedded') expect(asked).toBe(0);
    else expect(asked).toBeGreaterThan(0);
    expect(database.writeCount() === undefined).toBe(engine === 'server');
  });

  it('do not hide from /ready whether the database answers', async () => {
    await service.get('/ready');
    let asked = 0;
    database.pool.once('acquire', () => {
      asked += 1;
    });
    expect((await service.get('/ready')).status).toBe(200);
    expect(asked).toBe(1);
  });

  if (engine === 'embedded') {
    it('cannot be outdated by a statement that says it only reads: the engine refuses it', async () => {
      const before = database.writeCount();
      const read = { class: 'lookup', readsOnly: true } as const;
      for (const text of [
        'delete from geo.ecological_red_line',
        `select app.raise_layer_revision('${layerId}')`,
        `with gone as (delete from app.layer_setting returning layer_id) select count(*) from gone`,
      ]) {
        await expect(database.query(text, [], read)).rejects.toMatchObject({ code: '25006' });
      }
      expect(await database.query('select 1 as one', [], read)).toEqual([{ one: 1 }]);
      expect(database.writeCount()).toBe(before);
      await database.query(`update app.layer_setting set anonymous_read = true`, [], { class: 'lookup' });
      expect(database.writeCount()).toBeGreaterThan(before ?? 0);
      expect(await look()).toEqual(both(official));
    });
  }
});
