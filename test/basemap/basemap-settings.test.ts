/** The settings of the basemap: what is derived, what contradicts, and that secrets stay where they are. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readBasemapSettings } from '../../server/basemap/basemap-settings.ts';
import { readConfig } from '../../server/config.ts';

type Environment = Record<string, string>;

const dir = mkdtempSync(join(tmpdir(), 'lantu-matrix-'));
afterAll(() => rmSync(dir, { recursive: true }));

function settingsOf(environment: Environment) {
  const { settings, problems } = readBasemapSettings(environment);
  if (settings === null) throw new Error(JSON.stringify(problems));
  return settings;
}

/** The names at fault. */
function faults(environment: Environment): string[] {
  return readBasemapSettings(environment).problems.map(({ name }) => name.replace('LANTU_BASEMAP_', ''));
}

const xyz = { LANTU_BASEMAP_URL: 'https://tiles.cn/{z}/{x}/{y}.png', LANTU_BASEMAP_ATTRIBUTION: '某院' };
const tianditu = { LANTU_BASEMAP_URL: 'tianditu', LANTU_BASEMAP_KEY: 'abc' };
const kvp = 'https://gis.cn/wmts?LAYER=a&TileMatrix={TileMatrix}&TileRow={TileRow}&TileCol={TileCol}';
const place = { matrix: '9', row: 216, column: 421 };

function arcgisFile(tileInfo: object): string {
  const file = join(dir, `${Math.random().toString(36).slice(2)}.json`);
  writeFileSync(file, JSON.stringify({ tileInfo }));
  return file;
}

describe('without an address', () => {
  it('there is no basemap', () => {
    expect(readConfig({}).config.basemap).toBeNull();
  });

  it('every other setting is a contradiction', () => {
    expect(faults({ LANTU_BASEMAP_KEY: 'k', LANTU_BASEMAP_TITLE: '影像' })).toEqual(['KEY', 'TITLE']);
  });
});

describe('天地图', () => {
  it('needs no more than its word and a key', () => {
    const settings = settingsOf(tianditu);
    expect(settings.layers.map(({ id }) => id)).toEqual(['img', 'cia']);
    expect(settings.hosts).toContain('t7.tianditu.gov.cn');
    expect(settings.hosts.length).toBe(8);
    const address = settings.layers[0]?.addressOf(place);
    expect(address?.pathname).toBe('/img_w/wmts');
    expect(address?.searchParams.get('tk')).toBe('abc');
  });

  it('spreads its tiles over its hosts, each tile always on the same one', () => {
    const [img] = settingsOf(tianditu).layers;
    const hostOf = (column: number) => img?.addressOf({ ...place, column }).host;
    expect(new Set([1, 2, 3, 4, 5, 6, 7, 8].map(hostOf)).size).toBe(8);
    expect(hostOf(5)).toBe(hostOf(5));
  });

  it.each<[string, Environment, string]>([
    ['no key', { LANTU_BASEMAP_KEY: '' }, 'KEY'],
    ['two grounds', { LANTU_BASEMAP_LAYERS: 'img,vec' }, 'LAYERS'],
    ['an unknown layer', { LANTU_BASEMAP_LAYERS: 'img,xyz' }, 'LAYERS'],
    ['another matrix set', { LANTU_BASEMAP_MATRIX_SET: 'WorldCRS84Quad' }, 'MATRIX_SET'],
    ['a level it does not have', { LANTU_BASEMAP_MAX_ZOOM: '20' }, 'MAX_ZOOM'],
    ['another kind', { LANTU_BASEMAP_KIND: 'satellite' }, 'KIND'],
  ])('with %s is refused', (_name, change, fault) => {
    const environment = Object.fromEntries(
      Object.entries({ ...tianditu, ...change }).filter(([, value]) => value !== ''),
    );
    expect(faults(environment)).toEqual([fault]);
  });
});

describe('a template', () => {
  it('is XYZ or WMTS by its placeholders', () => {
    expect(settingsOf(xyz)).toMatchObject({ minzoom: 0, maxzoom: 18, hosts: ['tiles.cn'] });
    const wmts = { ...xyz, LANTU_BASEMAP_URL: kvp, LANTU_BASEMAP_MATRIX_SET: 'c' };
    expect(settingsOf(wmts).matrixSet.crs).toBe('EPSG:4490');
  });

  it('takes the matrix set a WMTS address names', () => {
    const named = (set: string) => settingsOf({ ...xyz, LANTU_BASEMAP_URL: `${kvp}&TILEMATRIXSET=${set}` });
    expect(named('GoogleMapsCompatible').matrixSet.crs).toBe('EPSG:3857');
    expect(named('EPSG:4326').matrixSet.matrices[0]).toEqual({ id: '0', resolution: 0.703125 });
  });

  it.each<[string, Environment, string[]]>([
    ['nothing to tell the tile by', { LANTU_BASEMAP_URL: 'https://tiles.cn/map.png' }, ['URL']],
    ['an unknown placeholder', { LANTU_BASEMAP_URL: 'https://tiles.cn/{z}/{x}/{y}.{ext}' }, ['URL']],
    ['another protocol', { LANTU_BASEMAP_URL: 'file:///etc/{z}/{x}/{y}' }, ['URL']],
    ['no address', { LANTU_BASEMAP_URL: 'tiles/{z}/{x}/{y}' }, ['URL']],
    ['a host that depends on the tile', { LANTU_BASEMAP_URL: 'https://h{x}.cn/{z}/{x}/{y}' }, ['URL']],
    ['a password', { LANTU_BASEMAP_URL: 'https://u:pw-1@tiles.cn/{z}/{x}/{y}' }, ['URL']],
    ['a brace too many', { LANTU_BASEMAP_URL: 'https://tiles.cn/{z}/{x}/{y}}.png' }, ['URL']],
    ['the other kind', { LANTU_BASEMAP_KIND: 'wmts' }, ['KIND']],
    ['no attribution', { LANTU_BASEMAP_ATTRIBUTION: ' ' }, ['ATTRIBUTION']],
    ['an attribution of two lines', { LANTU_BASEMAP_ATTRIBUTION: 'a\nb' }, ['ATTRIBUTION', 'ATTRIBUTION']],
    ['a key without a place', { LANTU_BASEMAP_KEY: 'k' }, ['KEY']],
    ['a place without a key', { LANTU_BASEMAP_URL: 'https://tiles.cn/{z}/{x}/{y}?k={key}' }, ['KEY']],
    ['layers', { LANTU_BASEMAP_LAYERS: 'img' }, ['LAYERS']],
    ['WMTS without a matrix set', { LANTU_BASEMAP_URL: kvp }, ['MATRIX_SET']],
    ['a matrix set of two meanings', { LANTU_BASEMAP_MATRIX_SET: 'EPSG:4490' }, ['MATRIX_SET']],
    ['a zoom that is no number', { LANTU_BASEMAP_MAX_ZOOM: '1e1' }, ['MAX_ZOOM']],
    ['a cache too small', { LANTU_BASEMAP_CACHE_MB: '1' }, ['CACHE_MB']],
  ])('with %s is refused', (_name, change, expected) => {
    expect(faults({ ...xyz, ...change })).toEqual(expected);
  });

  it('has every fault listed at once, with those of the other settings', () => {
    const wrong = {
      PORT: '99999',
      LANTU_BASEMAP_URL: 'https://tiles.cn/{z}/{x}/{y}.{ext}',
      LANTU_BASEMAP_LAYERS: 'img',
      LANTU_BASEMAP_KEY: 'k',
      LANTU_BASEMAP_MAX_ZOOM: '99',
    };
    let message = '';
    try {
      readConfig(wrong);
    } catch (error) {
      message = (error as Error).message;
    }
    for (const name of ['PORT', 'URL', 'LAYERS', 'KEY', 'MAX_ZOOM', 'ATTRIBUTION']) {
      expect(message).toMatch(new RegExp(`(LANTU_BASEMAP_)?${name}: `));
    }
  });
});

describe('the description of an ArcGIS cache', () => {
  const lods = [8, 9, 10].map((level) => ({ level, resolution: 1.4 / 2 ** level }));
  const good = { rows: 512, cols: 512, origin: { x: -400, y: 400 }, spatialReference: { wkid: 4490 }, lods };
  const withFile = (file: string) => ({ ...xyz, LANTU_BASEMAP_MATRIX_SET: file });

  it('gives origin, resolutions and zooms', () => {
    const settings = settingsOf(withFile(arcgisFile(good)));
    expect(settings.matrixSet).toMatchObject({ crs: 'EPSG:4490', origin: [-400, 400], tileSize: 512 });
    expect(settings).toMatchObject({ minzoom: 8, maxzoom: 10 });
  });

  it.each<[string, () => string]>([
    ['is not there', () => join(dir, 'none.json')],
    ['lacks its levels', () => arcgisFile({ ...good, lods: [] })],
    ['is in Gauss-Kruger', () => arcgisFile({ ...good, spatialReference: { wkid: 4526 } })],
    ['has oblong tiles', () => arcgisFile({ ...good, cols: 256 })],
  ])('that %s is refused', (_name, file) => {
    expect(faults(withFile(file()))).toEqual(['MATRIX_SET']);
  });

  it('ends where its levels end', () => {
    expect(faults({ ...withFile(arcgisFile(good)), LANTU_BASEMAP_MAX_ZOOM: '14' })).toEqual(['MAX_ZOOM']);
  });
});

describe('secrets', () => {
  it('are in no problem, and in nothing that can be written out', () => {
    const secret = 'geheim-123';
    const wrong = {
      LANTU_BASEMAP_URL: `https://u:${secret}@tiles.cn/{z}/{x}/{y}/{q}?k=${secret}`,
      LANTU_BASEMAP_KEY: secret,
    };
    expect(JSON.stringify(readBasemapSettings(wrong).problems)).not.toContain(secret);
    const right = {
      ...xyz,
      LANTU_BASEMAP_URL: `https://tiles.cn/{z}/{x}/{y}?token=${secret}&k={key}`,
      LANTU_BASEMAP_KEY: secret,
    };
    expect(JSON.stringify(settingsOf(right))).not.toContain(secret);
  });

  it('do not shape the version that browsers see; the pictures do', () => {
    const versionOf = (url: string, key = 'a') =>
      settingsOf({ ...xyz, LANTU_BASEMAP_URL: url, LANTU_BASEMAP_KEY: key }).version;
    const url = 'https://tiles.cn/{z}/{x}/{y}?tk={key}';
    expect(versionOf(url, 'b')).toBe(versionOf(url, 'a'));
    expect(versionOf(`${url}&token=1`)).toBe(versionOf(`${url}&token=2`));
    expect(versionOf(`${url}&layer=1`)).not.toBe(versionOf(`${url}&layer=2`));
  });
});
