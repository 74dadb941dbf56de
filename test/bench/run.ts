/**
 * `npm run bench [-- NAME …] [--engine embedded] [--peer NAME=URL-template]`: measures what README claims,
 * beside a floor of the same machine and the same run. Prints a table, writes .build/bench.json, and ends
 * with 0 whatever the figures are: a time is no test.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Engine } from '../../server/db/database.ts';
import { projectDir } from '../started-app.ts';
import { type BenchSetting, type Peer, prepareSetting } from './bench-setting.ts';
import { measureCache } from './cache.ts';
import { type Figure, meetsAim, printFigure, printHeader, ratioOf } from './figures.ts';
import { measureFirstMap } from './first-map.ts';
import { measureImport } from './import.ts';
import { measureItems } from './items.ts';
import { measureMarking } from './marking.ts';
import { measurePan } from './pan.ts';
import { measureProgress } from './progress.ts';
import { measureSheets } from './sheets.ts';
import { measureStart } from './start.ts';
import { measureTiles } from './tiles.ts';

/** Benches that ask one service on one database; the others start what they need themselves. */
const ofRequests: Record<string, (setting: BenchSetting) => Promise<Figure[]>> = {
  items: measureItems,
  tiles: measureTiles,
  cache: measureCache,
};
const ofTheirOwn: Record<string, (engine: Engine) => Promise<Figure[]>> = {
  import: measureImport,
  'first-map': measureFirstMap,
  start: measureStart,
  pan: measurePan,
  marking: measureMarking,
  progress: measureProgress,
  sheets: measureSheets,
};

const { names, engine, peers } = readArguments();
console.log(
  `node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? '?'}, ${Math.round(totalmem() / 2 ** 30)} GiB; ${engine} engine`,
);
printHeader();
const results: object[] = [];
const wanted = (name: string): boolean => names.length === 0 || names.includes(name);

if (Object.keys(ofRequests).some(wanted)) {
  const setting = await prepareSetting(engine, peers);
  try {
    for (const [name, measure] of Object.entries(ofRequests))
      if (wanted(name)) await run(name, () => measure(setting));
  } finally {
    await setting.close();
  }
}
for (const [name, measure] of Object.entries(ofTheirOwn))
  if (wanted(name)) await run(name, () => measure(engine));

const file = join(projectDir, '.build', 'bench.json');
await mkdir(join(projectDir, '.build'), { recursive: true });
await writeFile(
  file,
  `${JSON.stringify({ node: process.version, cpus: cpus().length, engine, results }, null, 2)}\n`,
);
process.exit(0);

/** A bench that cannot be run here says why, and the next ones are run all the same. */
async function run(name: string, measure: () => Promise<Figure[]>): Promise<void> {
  try {
    for (const figure of await measure()) {
      printFigure(name, figure);
      results.push({ bench: name, ...figure, ratio: ratioOf(figure), met: meetsAim(figure) });
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.log(`${name.padEnd(10)} could not be measured: ${reason}`);
    results.push({ bench: name, failed: reason });
  }
}

function readArguments(): { names: string[]; engine: 'server' | 'embedded'; peers: Peer[] } {
  const known = [...Object.keys(ofRequests), ...Object.keys(ofTheirOwn)];
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        engine: { type: 'string', default: 'server' },
        peer: { type: 'string', multiple: true, default: [] },
      },
    });
    const unknown = positionals.filter((name) => !known.includes(name));
    if (unknown.length > 0)
      throw new Error(`No bench named ${unknown.join(', ')}. There are: ${known.join(', ')}`);
    if (values.engine !== 'server' && values.engine !== 'embedded')
      throw new Error('--engine is server or embedded');
    return { names: positionals, engine: values.engine, peers: values.peer.map(readPeer) };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  }
}

function readPeer(text: string): Peer {
  const equals = text.indexOf('=');
  const template = text.slice(equals + 1);
  if (equals < 1 || !URL.canParse(template) || !/\{bbox\}|\{z\}/.test(template)) {
    throw new Error(`--peer is NAME=http://host/path with {bbox}, or with {z}, {x} and {y}; not ${text}`);
  }
  return { name: text.slice(0, equals), template };
}
