/**
 * PostGIS without what nobody here calls. The bundle of the package also holds rasters, topology and geocoding: two more
 * libraries of 16 MB, which are unpacked and compiled at every start and kept in memory. Only what vectors need is copied
 * out of it, once, and taken from there on.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { threadId } from 'node:worker_threads';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Extension } from '@electric-sql/pglite';

const buildDir = fileURLToPath(new URL('../../../.build/engine', import.meta.url));

/** The library, PROJ's tables, and what `create extension postgis` runs. */
const needed =
  /^(lib\/postgresql\/postgis-3\.so|share\/proj\/.+|share\/postgresql\/extension\/postgis(\.control|--[\d.]+\.sql))$/;

/** `postgis`, of which the engine unpacks only what is needed. Where that cannot be kept, the package's own bundle serves. */
export function neededPostgis(postgis: Extension): Extension {
  return {
    ...postgis,
    async setup(...given) {
      const setup = await postgis.setup(...given);
      const { bundlePath } = setup;
      return bundlePath === undefined ? setup : { ...setup, bundlePath: neededPart(bundlePath) };
    },
  };
}

function neededPart(bundle: URL): URL {
  const { size, mtimeMs } = statSync(bundle);
  const file = join(buildDir, `postgis-${size}-${Math.round(mtimeMs)}.tar.gz`);
  // Several threads may come at once: each brings a whole file under the name.
  const own = `${file}.${process.pid}.${threadId}`;
  try {
    if (!existsSync(file)) {
      const content = gzipSync(keepEntries(gunzipSync(readFileSync(bundle)), needed), { level: 1 });
      mkdirSync(buildDir, { recursive: true });
      // On the disk before it has the name: a file cut short by a power cut would keep the engine from starting.
      writeFileSync(own, content, { flush: true });
      renameSync(own, file);
    }
    return pathToFileURL(file);
  } catch {
    rmSync(own, { force: true });
    return bundle;
  }
}

const blockBytes = 512;

/** The entries of a tar (POSIX ustar, names up to 100 bytes) whose name matches, as they are. Throws where it is no tar. */
export function keepEntries(tar: Uint8Array, names: RegExp): Buffer {
  const text = (at: number, length: number): string =>
    Buffer.from(tar.buffer, tar.byteOffset + at, length)
      .toString('latin1')
      .replace(/\0.*$/s, '');
  const kept: Uint8Array[] = [];
  for (let at = 0; at + blockBytes <= tar.length && tar[at] !== 0; ) {
    const size = Number.parseInt(text(at + 124, 12), 8);
    if (text(at + 257, 5) !== 'ustar' || Number.isNaN(size)) throw new Error('not a tar file');
    const end = at + blockBytes + Math.ceil(size / blockBytes) * blockBytes;
    if (names.test(text(at, 100))) kept.push(tar.subarray(at, end));
    at = end;
  }
  return Buffer.concat([...kept, new Uint8Array(2 * blockBytes)]);
}
