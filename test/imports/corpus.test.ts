/** Every nasty delivery of the corpus comes to what is written beside it: accepted with words, or refused and nothing changed. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { catalogue } from '../../geodata/catalogue/index.ts';
import { columnOf, type LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import type { ImportReport } from '../../geodata/contract/imports.ts';
import { ganzhou } from '../../geodata/reference/ganzhou/region.ts';
import { readConfig } from '../../server/config.ts';
import type { Context } from '../../server/context.ts';
import type { Database } from '../../server/db/database.ts';
import { LantuError } from '../../server/errors.ts';
import { importFile } from '../../server/imports/import-file.ts';
import { ImportRefusedError } from '../../server/imports/import-report.ts';
import { silentLog } from '../engines/database-place.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import type { Accepted, CorpusEntry, Refused } from '../fixtures/imports/corpus/corpus-entry.ts';
import { corpus } from '../fixtures/imports/corpus/index.ts';
import { keepGdalCompiled } from '../fixtures/imports/keep-gdal-compiled.ts';

const read = { class: 'read' } as const;
const metersPerDegree = 111_320;
const leastEntries = 48;
/** The largest delivery unpacks a gigabyte before it is refused. */
const timeoutMs = 90_000;

describeOnEngines('the corpus of nasty deliveries', ({ engine, open }) => {
  let database: Database;
  let context: Context;
  let folder: string;
  beforeAll(async () => {
    database = await open();
    await keepGdalCompiled();
    folder = await mkdtemp(join(tmpdir(), 'lantu-corpus-'));
    const { config } = readConfig({ LANTU_DATA_DIR: folder });
    context = { config, region: ganzhou, catalogue, database, log: silentLog };
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function deliver(entry: CorpusEntry): Promise<ImportReport> {
    const made = await entry.make(await mkdtemp(join(folder, 'delivery-')));
    const settings = { layerId: entry.layer, classification: 'internal' as const, ...entry.settings };
    const order = { files: [made].flat(), settings, isDryRun: false, actor: 'test' };
    return importFile(context, order, { report: () => {}, signal: new AbortController().signal });
  }

  it('names every entry once and is large enough', () => {
    expect(new Set(corpus.map(({ name }) => name)).size).toBe(corpus.length);
    expect(corpus.length).toBeGreaterThanOrEqual(leastEntries);
  });

  const entries = engine === 'server' ? corpus : corpus.filter(({ onBoth }) => onBoth === true);
  it.each(entries.map((entry) => [entry.name, entry.nasty, entry] as const))(
    '%s: %s',
    async (_name, _nasty, entry) => {
      const layer = catalogue.find(({ id }) => id === entry.layer) as LayerDefinition;
      if ('accepted' in entry.expected) await expectAccepted(entry, layer, entry.expected.accepted);
      else await expectRefused(entry, layer, entry.expected.refused);
    },
    timeoutMs,
  );

  async function expectAccepted(
    entry: CorpusEntry,
    layer: LayerDefinition,
    expected: Accepted,
  ): Promise<void> {
    const report = await deliver(entry);
    const said = [...report.assumptions, ...report.warnings, ...report.repairs.map(({ reason }) => reason)];
    const words = said.map(({ en }) => en).join('\n');
    for (const pattern of expected.said ?? []) expect(words).toMatch(pattern);
    if (expected.srid !== undefined) expect(report.crs.srid).toBe(expected.srid);
    expect(report.positionDoubt).toBe(expected.positionDoubt ?? null);
    expectRows(report.problems, expected.rejected ?? {});
    const stored = await storedFeatures(layer, entry.column);
    expect([...stored.keys()]).toHaveLength(expected.count);
    expect(report.featureCount).toBe(expected.count);
    for (const [code, wanted] of Object.entries(expected.stored ?? {})) {
      const feature = stored.get(code);
      if (feature === undefined) throw new Error(`no ${code} among ${[...stored.keys()].join(', ')}`);
      const { at, area, ...values } = wanted;
      expect(feature).toMatchObject(values);
      if (at !== undefined) {
        const meters = Math.hypot(feature.lng - at[0], feature.lat - at[1]) * metersPerDegree;
        expect(meters, `${code} is ${meters} m off`).toBeLessThan(0.1);
      }
      if (area !== undefined)
        expect(Math.abs(feature.area / area - 1), `area ${feature.area}`).toBeLessThan(0.001);
    }
  }

  async function expectRefused(entry: CorpusEntry, layer: LayerDefinition, expected: Refused): Promise<void> {
    const before = await storedFeatures(layer, entry.column);
    const error: unknown = await deliver(entry).then(
      (report) => new Error(`was imported: ${report.featureCount} of ${report.rowCount} rows`),
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof LantuError)) throw error;
    expect(error.text.en).toMatch(expected.words);
    expect(error.text.zh).toMatch(/[\u4E00-\u9FFF]/);
    if (expected.rows !== undefined) {
      if (!(error instanceof ImportRefusedError)) throw error;
      expectRows(error.report.problems, expected.rows);
    }
    expect(await storedFeatures(layer, entry.column)).toEqual(before);
  }

  type Stored = {
    name: string;
    county: string | null;
    lng: number;
    lat: number;
    area: number;
    value: unknown;
  };

  async function storedFeatures(
    layer: LayerDefinition,
    column: string | undefined,
  ): Promise<Map<string, Stored>> {
    const has = (name: string): boolean => layer.fields.some((field) => field.name === name);
    const field = layer.fields.find(({ name }) => name === column);
    const rows = await database.query<Stored & { code: string }>(
      `select code, ${has('name') ? 'name' : 'null'} as name,
              ${has('county_adcode') ? 'county_adcode' : 'null'} as county,
              (ST_XMin(geom) + ST_XMax(geom)) / 2 as lng, (ST_YMin(geom) + ST_YMax(geom)) / 2 as lat,
              area_m2 as area, ${field === undefined ? 'null' : columnOf(field)} as value
         from ${layer.table.schema}.${layer.table.name} order by code`,
      [],
      read,
    );
    return new Map(rows.map(({ code, ...rest }) => [code, rest]));
  }
});

function expectRows(problems: ImportReport['problems'], wanted: Record<number, RegExp>): void {
  const found = [...new Set(problems.map(({ row }) => row))].sort((a, b) => a - b);
  expect(found).toEqual(Object.keys(wanted).map(Number));
  for (const [row, words] of Object.entries(wanted)) {
    const said = problems.filter((problem) => problem.row === Number(row)).map(({ reason }) => reason.en);
    expect(said.join('\n')).toMatch(words);
  }
}
