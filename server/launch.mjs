// Plain JavaScript so that any Node can read it: checks the runtime, then hands over to TypeScript.
import { existsSync } from 'node:fs';
import module from 'node:module';
import { resolve } from 'node:path';
import v8 from 'node:v8';

// npm puts node_modules/.bin first in PATH, where the pinned Node 24 of optionalDependencies stands.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 3)) {
  console.error(
    `Lantu needs Node 24.3 or newer; this is ${process.version} on ${process.platform}-${process.arch}.\n` +
      'On linux-x64, linux-arm64 and win-x64 `npm ci` brings it along: run `npm ci` without --omit=optional.\n' +
      'On other systems install Node 24 and run the command again.',
  );
  process.exit(1);
}
// V8 13.6 may bring the process down when it gives back compiled WebAssembly while several threads use some (the embedded
// engine, GDAL, Node's own reader of TypeScript; nodejs/node#64500): what is compiled is kept.
v8.setFlagsFromString('--no-wasm-code-gc');
const [entry, ...rest] = process.argv.slice(2);
process.argv = [process.argv[0], entry, ...rest];
// Commands start in half the time from code compiled before; kept once the product has a folder to write to.
const dataDir = process.env.LANTU_DATA_DIR || '.data';
if (entry?.startsWith('cli/') && process.env.NODE_COMPILE_CACHE === undefined && existsSync(dataDir)) {
  const folder = resolve(dataDir, 'compiled');
  module.enableCompileCache(folder);
  // Threads look for it here.
  process.env.NODE_COMPILE_CACHE = folder;
}
await import(new URL(entry, import.meta.url).href);
