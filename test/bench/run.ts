/** `npm run bench [-- name …]`: measures what README claims and prints a table; never a test that fails on a slow machine. */
import { cpus, totalmem } from 'node:os';
import { measurePan } from './pan.ts';
import { measureStart } from './start.ts';

export type Figure = { what: string; value: string; target: string };

const benches: Record<string, () => Promise<Figure[]>> = {
  start: measureStart,
  pan: measurePan,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => benches[name] === undefined);
if (unknown.length > 0) {
  console.error(`No bench named ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}`);
  process.exit(2);
}
console.log(
  `node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? '?'}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
);
for (const [name, measure] of Object.entries(benches)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  for (const { what, value, target } of await measure()) {
    console.log(`${name.padEnd(8)} ${what.padEnd(52)} ${value.padStart(12)}   ${target}`);
  }
}
process.exit(0);
