import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LantuError } from '../../server/errors.ts';
import { type GdalBounds, type GdalRows, gdalRead } from '../../server/imports/gdal-read.ts';
import { redLineShapefile } from '../fixtures/imports/deliveries.ts';

describe('the bounded reader', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lantu-gdal-'));
    const bytes = redLineShapefile();
    for (const part of ['shp', 'shx', 'dbf'] as const)
      await writeFile(join(folder, `good.${part}`), bytes[part]);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function read(
    file: string,
    bounds?: Partial<GdalBounds>,
    signal = new AbortController().signal,
  ): Promise<GdalRows> {
    const outFolder = await mkdtemp(join(folder, 'rows-'));
    const kind = file.endsWith('.shp') ? 'shapefile' : 'geojson';
    return gdalRead({ path: join(folder, file), kind, outFolder }, signal, bounds);
  }
  async function write(file: string, content: string | Buffer): Promise<string> {
    await writeFile(join(folder, file), content);
    return file;
  }

  it('ends a reading that takes too long with a word of it, and reads the next file', async () => {
    const error = await read('good.shp', { timeoutMs: 30 }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(LantuError);
    expect((error as LantuError).text.en).toMatch(/took more than 0\.03 s and was stopped/);
    expect((await read('good.shp')).layerCount).toBe(1);
  });

  it('ends with the reason of whoever no longer waits, at once or before it began', async () => {
    const abort = new AbortController();
    const cancelled = new Error('cancelled');
    setTimeout(() => abort.abort(cancelled), 100);
    const started = performance.now();
    await expect(read('good.shp', {}, abort.signal)).rejects.toBe(cancelled);
    expect(performance.now() - started).toBeLessThan(2_000);
    await expect(read('good.shp', {}, AbortSignal.abort(cancelled))).rejects.toBe(cancelled);
  });

  it.each([
    [
      'JSON nested 20 000 deep',
      'deep.geojson',
      `{"type":"Polygon","coordinates":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
    ],
    [
      'one feature that would fill the memory',
      'hog.geojson',
      `{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,"properties":{"a":[${'0,'.repeat(9_000_000)}0]}}]}`,
    ],
    ['text that is no JSON', 'torn.geojson', '{"type":"FeatureCollection","features":[{"type":"Fea'],
    ['noise in place of shapes', 'noise.shp', Buffer.alloc(4_096, 0x5a)],
  ])('refuses %s with what the reader said', async (_case, file, content) => {
    await write(file, content);
    const error = await read(file, { timeoutMs: 20_000 }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(LantuError);
    expect((error as LantuError).text.en).toMatch(/cannot be read.*GDAL: .*[a-z]{4}/);
    expect((error as LantuError).text.en).not.toContain('[object');
  });

  it('says no more than twenty different things about a file that is bad in every row', async () => {
    const ring = '[[115,25],[115.1,25],[115.1,25.1],[115,25.1]]';
    const feature = `{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[${ring}]}}`;
    await write(
      'open.geojson',
      `{"type":"FeatureCollection","features":[${Array(500).fill(feature).join()}]}`,
    );
    const { notes } = await read('open.geojson');
    expect(notes.length).toBeGreaterThan(0);
    expect(notes.length).toBeLessThanOrEqual(20);
  });
});
