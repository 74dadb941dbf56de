/**
 * How long the command line takes to import 20 000 polygons, beside ogr2ogr into the same PostGIS; how long a reader waits
 * meanwhile; and the memory of importing a file of 300 MB.
 */
import { spawn } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { Database, Engine } from '../../server/db/database.ts';
import { openDatabase } from '../../server/db/open.ts';
import { silentLog } from '../engines/database-place.ts';
import { createImporter } from '../fixtures/imports/importer.ts';
import { projectDir } from '../started-app.ts';
import { type BenchPlace, preparePlace } from './bench-place.ts';
import { type Figure, median } from './figures.ts';
import { benchPolygons, polygonCount } from './polygons.ts';

const runs = 5;
const largeBytes = 300_000_000;
/** As deliveries come: ogr2ogr converts the shapefile of zone 38 to degrees, as we do. */
const formats = [
  { name: 'GeoJSON', driver: 'GeoJSON', file: 'polygons.json', make: [], load: [] },
  {
    name: 'shapefile in zone 38',
    driver: 'ESRI Shapefile',
    file: 'polygons.shp',
    make: ['-t_srs', 'EPSG:4526', '-lco', 'ENCODING=GBK'],
    load: ['-t_srs', 'EPSG:4490'],
  },
  { name: 'GeoPackage', driver: 'GPKG', file: 'polygons.gpkg', make: [], load: [] },
] as const;

export async function measureImport(engine: Engine): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'lantu-bench-import-'));
  const place = await preparePlace(engine, 'nothing');
  try {
    const geoJson = join(folder, 'polygons.geojson');
    await writePolygons(geoJson, () => false);
    const figures: Figure[] = [];
    for (const { name, driver, file, make, load } of formats) {
      const path = join(folder, file);
      await run('ogr2ogr', ['-f', driver, ...make, path, geoJson]);
      figures.push(await besideOgr2ogr(name, path, load, place));
    }
    figures.push(...(await waitsOfReaders(place, join(folder, 'polygons.gpkg'))));
    figures.push(await memoryOfLargeFile(place, join(folder, 'large.geojson')));
    return figures;
  } finally {
    await place.remove();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Both replace what the run before left, in turn. On the embedded engine there is nothing ogr2ogr could fill. */
async function besideOgr2ogr(
  format: string,
  path: string,
  load: readonly string[],
  place: BenchPlace,
): Promise<Figure> {
  const times = { ours: [] as number[], theirs: [] as number[] };
  for (let round = 0; round <= runs; round += 1) {
    const ours = await secondsOf(() => importByCommand(place, path));
    const theirs =
      place.databaseUrl === undefined
        ? undefined
        : await secondsOf(() => loadByOgr(place.databaseUrl ?? '', path, load));
    // The first of each warms up.
    if (round === 0) continue;
    times.ours.push(ours);
    if (theirs !== undefined) times.theirs.push(theirs);
  }
  const what = `import of ${polygonCount} polygons from ${format}, process start included`;
  const value = median(times.ours);
  if (times.theirs.length === 0) return { what, value, unit: 's' };
  return { what, value, unit: 's', floor: median(times.theirs), aim: { of: 'ratio', atMost: 3 } };
}

function loadByOgr(databaseUrl: string, path: string, load: readonly string[]): Promise<unknown> {
  const { hostname, port, username, pathname } = new URL(databaseUrl);
  const target = `PG:host=${hostname} port=${port} user=${username} dbname=${pathname.slice(1)}`;
  return run('ogr2ogr', [
    '-f',
    'PostgreSQL',
    target,
    path,
    ...load,
    '-nln',
    'public.ogr_polygons',
    '-overwrite',
    '-nlt',
    'MULTIPOLYGON',
  ]);
}

/** Peak of resident memory in MB. */
function importByCommand(place: BenchPlace, path: string): Promise<number> {
  const words = [
    'server/launch.mjs',
    'cli/run.ts',
    'import',
    path,
    '--layer',
    'ecological_red_lines',
    '--classification',
    'internal',
  ];
  return run(process.execPath, words, {
    LANTU_DATA_DIR: place.dataDir,
    ...(place.databaseUrl === undefined ? {} : { DATABASE_URL: place.databaseUrl }),
  });
}

/** Longest wait of a small question, asked every few milliseconds, while rows are checked and while they are swapped in. */
async function waitsOfReaders(place: BenchPlace, path: string): Promise<Figure[]> {
  const database = await openDatabase(place, silentLog);
  const importer = await createImporter(database);
  try {
    let step: 'checking' | 'swapping' = 'checking';
    const longest = { checking: 0, swapping: 0 };
    let isDone = false;
    const asking = ask(database, (ms) => {
      longest[step] = Math.max(longest[step], ms);
      return isDone;
    });
    const onReport = (line: string): void => {
      if (/^Writing/.test(line)) step = 'swapping';
    };
    await importer.run(path, {}, { onReport });
    isDone = true;
    await asking;
    return [
      {
        what: 'longest wait of a reader while rows are checked',
        value: longest.checking,
        unit: 'ms',
        aim: { of: 'value', atMost: 1_000 },
      },
      { what: 'longest wait of a reader while they are swapped in', value: longest.swapping, unit: 'ms' },
    ];
  } finally {
    await importer.remove();
    await database.close();
  }
}

async function ask(database: Database, answered: (ms: number) => boolean): Promise<void> {
  for (;;) {
    const startedAt = performance.now();
    await database.query('select count(*) from geo.ecological_red_line where id < 100', [], {
      class: 'read',
    });
    if (answered(performance.now() - startedAt)) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function memoryOfLargeFile(place: BenchPlace, path: string): Promise<Figure> {
  await writePolygons(path, (bytes) => bytes < largeBytes);
  const peak = await importByCommand(place, path);
  return {
    what: 'memory of importing a GeoJSON file of 300 MB',
    value: peak,
    unit: 'MB',
    aim: { of: 'value', atMost: 700 },
  };
}

/** The polygons of the bench, once and again, with other codes, while `goesOn` says so. */
async function writePolygons(path: string, goesOn: (bytes: number) => boolean): Promise<void> {
  const file = createWriteStream(path);
  let bytes = 0;
  const write = async (text: string): Promise<void> => {
    bytes += Buffer.byteLength(text);
    if (!file.write(text)) await new Promise<void>((resolve) => file.once('drain', () => resolve()));
  };
  await write('{"type":"FeatureCollection","features":[');
  for (let copy = 0; copy === 0 || goesOn(bytes); copy += 1) {
    for (const { code, name, type, county, ring } of benchPolygons()) {
      const properties = { BSM: `${code}-${copy}`, MC: name, HXLX: type, XZQDM: county };
      const feature = { type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [ring] } };
      await write(`${copy > 0 || !code.endsWith('000000') ? ',\n' : ''}${JSON.stringify(feature)}`);
    }
  }
  file.end(']}');
  await finished(file);
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1000;
}

/** Runs a program to its end and gives its peak of resident memory in MB, as far as it was seen. Throws with its words when it fails. */
async function run(
  program: string,
  words: readonly string[],
  environment: Record<string, string> = {},
): Promise<number> {
  const child = spawn(program, words, {
    cwd: projectDir,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  let peak = 0;
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk;
  });
  const watch = setInterval(() => {
    peak = Math.max(peak, peakMegabytes(child.pid));
  }, 100);
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  clearInterval(watch);
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${said.slice(0, 500)}`);
  return peak;
}

/** High-water mark as Linux keeps it; 0 elsewhere and after the end. */
function peakMegabytes(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
