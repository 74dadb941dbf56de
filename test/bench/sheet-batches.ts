/**
 * How long the statements of a sheet keep the database busy, with 20 000 polygons of 97 vertices and the whole city on A3:
 * node test/bench/sheet-batches.ts [embedded|server]. Prints every batch and the slowest statement; asserts nothing.
 */
import { catalogue } from '../../geodata/catalogue/index.ts';
import { sheetSpecSchema } from '../../geodata/contract/sheets.ts';
import { ganzhou } from '../../geodata/reference/ganzhou/region.ts';
import type { Database, Queryable } from '../../server/db/database.ts';
import { openDatabase } from '../../server/db/open.ts';
import { planSheet } from '../../server/sheets/plan/plan-sheet.ts';
import { readSheetContent } from '../../server/sheets/read/read-sheet-content.ts';
import { silentLog } from '../engines/database-place.ts';
import { preparePlace } from './bench-place.ts';
import { benchLayerId } from './load-polygons.ts';

const engine = process.argv[2] === 'server' ? 'server' : 'embedded';
const place = await preparePlace(engine);
try {
  const database = await openDatabase(place, silentLog);
  const times: { ms: number; text: string }[] = [];
  const sources = {
    database: timed(database, times),
    region: ganzhou,
    catalogue,
    log: silentLog,
    basemap: null,
    dataDir: place.dataDir,
  };
  const reader = {
    account: { role: 'anonymous', name: null } as const,
    rights: { mayRead: () => true, check: () => undefined },
    today: '2025-09-30',
  };
  for (const spec of [
    { template: 'city', area: { kind: 'region' }, layers: [{ id: benchLayerId }] },
    {
      template: 'city',
      paper: 'A0',
      area: { kind: 'extent', extent: [114, 25, 116, 26.5] },
      layers: [{ id: benchLayerId }],
    },
  ]) {
    for (let run = 1; run <= 3; run += 1) {
      times.length = 0;
      const started = performance.now();
      const plan = await planSheet(sources, reader, sheetSpecSchema.parse(spec));
      const content = await readSheetContent(sources, reader, plan, { watermark: null, page: null });
      const total = performance.now() - started;
      const batches = times
        .filter(({ text }) => text.startsWith('with c as'))
        .map(({ ms }) => Math.round(ms));
      const slowest = times.reduce((most, each) => (each.ms > most.ms ? each : most));
      const [layer] = content.layers;
      console.log(
        `${engine} 1:${plan.scale} run ${run}: ${layer?.features.length} features, ${((layer?.shapes.length ?? 0) / 1e6).toFixed(2)} MB of shapes in ${Math.round(total)} ms; batches of ${batches.join(', ')} ms; slowest statement ${Math.round(slowest.ms)} ms: ${slowest.text.slice(0, 60).replaceAll('\n', ' ')}`,
      );
    }
  }
  await database.close();
} finally {
  await place.remove();
}

function timed(database: Database, times: { ms: number; text: string }[]): Database {
  const around = (client: Queryable): Queryable['query'] =>
    async function query<Row extends Record<string, unknown>>(
      ...[text, params, options]: Parameters<Queryable['query']>
    ): Promise<Row[]> {
      const started = performance.now();
      const rows = await client.query<Row>(text, params, options);
      times.push({ ms: performance.now() - started, text });
      return rows;
    };
  return {
    ...database,
    query: around(database),
    transaction: (work, options) =>
      database.transaction((client) => work({ ...client, query: around(client) }), options),
  };
}
