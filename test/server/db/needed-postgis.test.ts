/** What the embedded engine unpacks of PostGIS. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Extension, PGlite } from '@electric-sql/pglite';
import { expect, it } from 'vitest';
import { keepEntries, neededPostgis } from '../../../server/db/embedded/needed-postgis.ts';

const blockBytes = 512;

function tarOf(files: Record<string, string>): Buffer {
  const blocks = Object.entries(files).flatMap(([name, content]) => {
    const header = Buffer.alloc(blockBytes);
    header.write(name, 0);
    header.write(content.length.toString(8).padStart(11, '0'), 124);
    header.write('ustar', 257);
    const data = Buffer.alloc(Math.ceil(content.length / blockBytes) * blockBytes);
    data.write(content);
    return [header, data];
  });
  return Buffer.concat([...blocks, Buffer.alloc(2 * blockBytes)]);
}

it('keeps the entries asked for, whole and in their order', () => {
  const long = 'x'.repeat(700);
  const tar = tarOf({ 'lib/a.so': long, 'lib/b.so': 'no', 'share/empty': '', 'share/c': 'yes' });
  expect(keepEntries(tar, /^(lib\/a|share)/)).toEqual(
    tarOf({ 'lib/a.so': long, 'share/empty': '', 'share/c': 'yes' }),
  );
});

it('does not take anything else for a tar', () => {
  expect(() => keepEntries(Buffer.alloc(2048, 'x'), /./)).toThrow('not a tar');
});

it('leaves a bundle it cannot read to the engine', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lantu-bundle-'));
  try {
    const bundlePath = pathToFileURL(join(folder, 'damaged.tar.gz'));
    writeFileSync(bundlePath, 'no gzip');
    const extension: Extension = { name: 'postgis', setup: async () => ({ bundlePath }) };
    const setup = await neededPostgis(extension).setup({} as PGlite, {});
    expect(setup.bundlePath).toEqual(bundlePath);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
