/**
 * The LANTU_BASEMAP_ settings, checked as a whole: unknown words, what is missing, what contradicts what.
 * Address and key stay inside `addressOf`: nothing that is written or sent holds them.
 */
import { createHash } from 'node:crypto';
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import { type TileMatrixSet, zoomOfMatrix } from '../../geodata/domain/tile-matrix.ts';
import { matrixSetNamed, matrixSetNames, readMatrixSet } from './matrix-set.ts';
import { groundTitles, letteringLayers, tianditu, tiandituTemplate } from './tianditu.ts';
import { hasPlaceholder, kindOfTemplate, type TileAddresses, tileAddresses } from './tile-address.ts';

type BasemapKind = 'xyz' | 'wmts' | 'tianditu';

export type BasemapLayer = { id: string; addressOf: TileAddresses['addressOf'] };

export type BasemapSettings = {
  title: Bilingual;
  attribution: Bilingual;
  /** The lowest first. */
  layers: BasemapLayer[];
  matrixSet: TileMatrixSet;
  /** Zooms of WebMercatorQuad that are served. */
  minzoom: number;
  maxzoom: number;
  /** `host:port` of every server that may be asked; no other is, even where a redirect names it. */
  hosts: string[];
  /** Differs whenever the pictures may: 16 hexadecimal digits. */
  version: string;
  cacheBytes: number;
};

export const basemapVariables = [
  'LANTU_BASEMAP_URL',
  'LANTU_BASEMAP_KIND',
  'LANTU_BASEMAP_MATRIX_SET',
  'LANTU_BASEMAP_LAYERS',
  'LANTU_BASEMAP_KEY',
  'LANTU_BASEMAP_ATTRIBUTION',
  'LANTU_BASEMAP_TITLE',
  'LANTU_BASEMAP_MAX_ZOOM',
  'LANTU_BASEMAP_CACHE_MB',
] as const;

export type BasemapVariable = (typeof basemapVariables)[number];
export type BasemapEnvironment = Readonly<Partial<Record<BasemapVariable, string>>>;
export type SettingProblem = { name: BasemapVariable; text: string };

const kinds: readonly string[] = ['xyz', 'wmts', 'tianditu'];
const defaultMaxzoom = 18;
const longestText = 200;

type Complain = (name: BasemapVariable, zh: string, en: string) => undefined;

/** Settings, or null where no basemap is named or something is wrong; every problem at once. */
export function readBasemapSettings(environment: BasemapEnvironment): {
  settings: BasemapSettings | null;
  problems: SettingProblem[];
} {
  const problems: SettingProblem[] = [];
  const complain: Complain = (name, zh, en) => {
    problems.push({ name, text: `${zh} · ${en}` });
  };
  const settings =
    environment.LANTU_BASEMAP_URL === undefined
      ? refuseWithoutUrl(environment, complain)
      : readAll(environment.LANTU_BASEMAP_URL, environment, complain);
  return { settings: problems.length === 0 ? (settings ?? null) : null, problems };
}

function refuseWithoutUrl(environment: BasemapEnvironment, complain: Complain): undefined {
  for (const name of basemapVariables) {
    if (environment[name] === undefined) continue;
    complain(name, '没有设置 LANTU_BASEMAP_URL,此项无效', 'means nothing without LANTU_BASEMAP_URL');
  }
}

function readAll(
  url: string,
  environment: BasemapEnvironment,
  complain: Complain,
): BasemapSettings | undefined {
  const kind = readKind(url, environment.LANTU_BASEMAP_KIND, complain);
  const cacheMegabytes = readNumber('LANTU_BASEMAP_CACHE_MB', environment, [16, 65_536], complain) ?? 512;
  const asked = readNumber('LANTU_BASEMAP_MAX_ZOOM', environment, [4, 22], complain);
  const title = readText('LANTU_BASEMAP_TITLE', environment, complain);
  const attribution = readText('LANTU_BASEMAP_ATTRIBUTION', environment, complain);
  if (kind === undefined) return undefined;
  const matrices = readMatrices(kind, url, environment, asked, complain);
  const layers = readLayers(kind, environment, complain);
  if (kind !== 'tianditu' && attribution === undefined) {
    complain(
      'LANTU_BASEMAP_ATTRIBUTION',
      '必须写明底图的来源(有审图号的写审图号)',
      'is required: whose map it is, with its 审图号 where it has one',
    );
  }
  const addressed = readAddresses(
    kind,
    url,
    layers ?? ['tiles'],
    matrices?.name ?? '',
    environment,
    complain,
  );
  if (matrices === undefined || layers === undefined || addressed === undefined) return undefined;
  const ground = layers.find((id) => groundTitles[id] !== undefined) ?? layers[0] ?? '';
  return {
    title: both(title) ?? groundTitles[ground] ?? { zh: '底图', en: 'Basemap' },
    attribution: both(attribution) ?? tianditu.attribution,
    layers: addressed.layers,
    matrixSet: matrices.set,
    ...matrices.zooms,
    hosts: addressed.hosts,
    version: createHash('sha256')
      .update(JSON.stringify([kind, withoutSecrets(url), layers, matrices.set]))
      .digest('hex')
      .slice(0, 16),
    cacheBytes: cacheMegabytes * 1024 * 1024,
  };
}

/** What the address is, held against what LANTU_BASEMAP_KIND says it is. */
function readKind(url: string, said: string | undefined, complain: Complain): BasemapKind | undefined {
  if (said !== undefined && !kinds.includes(said)) {
    return complain('LANTU_BASEMAP_KIND', `只能是 ${kinds.join('、')}`, `is one of ${kinds.join(', ')}`);
  }
  const isTianditu = url === 'tianditu' || said === 'tianditu';
  const derived = isTianditu ? 'tianditu' : kindOfTemplate(url);
  if (derived === null) {
    return complain(
      'LANTU_BASEMAP_URL',
      '应写 tianditu,或含 {z} {x} {y},或含 {TileMatrix} {TileRow} {TileCol} 的网址',
      'is the word tianditu, or an address with {z} {x} {y} or with {TileMatrix} {TileRow} {TileCol}',
    );
  }
  if (said !== undefined && said !== derived) {
    return complain(
      'LANTU_BASEMAP_KIND',
      `写的是 ${said},而 LANTU_BASEMAP_URL 是 ${derived}`,
      `says ${said}, but LANTU_BASEMAP_URL is ${derived}`,
    );
  }
  if (isTianditu && url !== 'tianditu' && kindOfTemplate(url) !== null) {
    return complain(
      'LANTU_BASEMAP_URL',
      'LANTU_BASEMAP_KIND 为 tianditu 时,应写 tianditu,或节点的网址(如 https://主机),不带占位符',
      'with LANTU_BASEMAP_KIND tianditu it is the word tianditu, or the address of a node (https://host) without placeholders',
    );
  }
  return derived;
}

function readMatrices(
  kind: BasemapKind,
  url: string,
  environment: BasemapEnvironment,
  askedMaxzoom: number | undefined,
  complain: Complain,
): { name: string; set: TileMatrixSet; zooms: { minzoom: number; maxzoom: number } } | undefined {
  const said = environment.LANTU_BASEMAP_MATRIX_SET;
  const limit = kind === 'tianditu' ? tianditu.finestLevel : 22;
  const maxzoom = Math.min(askedMaxzoom ?? defaultMaxzoom, limit);
  if (askedMaxzoom !== undefined && askedMaxzoom > limit) {
    return complain('LANTU_BASEMAP_MAX_ZOOM', `天地图只到 ${limit} 级`, `天地图 ends at level ${limit}`);
  }
  const name = said ?? defaultMatrixSet(kind, url);
  if (name === undefined) {
    return complain(
      'LANTU_BASEMAP_MATRIX_SET',
      `WMTS 必须写明切片方案:${matrixSetNames},或 ArcGIS 切片说明的 JSON 文件`,
      `is required for WMTS: ${matrixSetNames}, or the JSON file that describes an ArcGIS cache`,
    );
  }
  if (kind === 'tianditu' && name !== 'w' && name !== 'c') {
    return complain('LANTU_BASEMAP_MATRIX_SET', '天地图只能是 w 或 c', '天地图 has w and c only');
  }
  const set = name.endsWith('.json') ? readMatrixSet(name) : matrixSetNamed(name, maxzoom);
  if (set === null) {
    return complain(
      'LANTU_BASEMAP_MATRIX_SET',
      `不认识“${name}”;可写 ${matrixSetNames}。EPSG:4490 的切片:第 1 级为 2×1 张的写 c,第 0 级为 2×1 张的写 WorldCRS84Quad,其他的写 JSON 文件`,
      `"${name}" is not known: write ${matrixSetNames}. Tiles in EPSG:4490: c where level 1 has 2×1 tiles, WorldCRS84Quad where level 0 has, else a JSON file`,
    );
  }
  if ('problem' in set) return complain('LANTU_BASEMAP_MATRIX_SET', set.problem.zh, set.problem.en);
  const zooms = zoomsOf(set, maxzoom);
  if (askedMaxzoom !== undefined && askedMaxzoom > zooms.maxzoom) {
    return complain(
      'LANTU_BASEMAP_MAX_ZOOM',
      `切片最细只到第 ${zooms.maxzoom} 级`,
      `is finer than the tiles, which end at zoom ${zooms.maxzoom}`,
    );
  }
  return { name, set, zooms };
}

/** 天地图 and XYZ have a usual one; of WMTS what its address says, where that is a known name. */
function defaultMatrixSet(kind: BasemapKind, url: string): string | undefined {
  if (kind === 'tianditu') return 'w';
  if (kind === 'xyz') return 'WebMercatorQuad';
  const written = /[?&]tilematrixset=([^&{}]+)/i.exec(url)?.[1];
  return written !== undefined && matrixSetNamed(written, 1) !== null ? written : undefined;
}

/** Zooms a set can serve: one beyond its coarsest level, since a tile is made of a few; no finer than its finest. */
function zoomsOf(set: TileMatrixSet, maxzoom: number): { minzoom: number; maxzoom: number } {
  const zooms = set.matrices.map((matrix) => zoomOfMatrix(set.crs, matrix));
  const finest = Math.round(Math.max(...zooms));
  return {
    minzoom: Math.max(Math.ceil(Math.min(...zooms) - 0.5), 0),
    maxzoom: Math.min(Math.max(finest, 0), maxzoom),
  };
}

function readLayers(
  kind: BasemapKind,
  environment: BasemapEnvironment,
  complain: Complain,
): string[] | undefined {
  const said = environment.LANTU_BASEMAP_LAYERS;
  if (kind !== 'tianditu') {
    if (said === undefined) return ['tiles'];
    return complain(
      'LANTU_BASEMAP_LAYERS',
      '只用于天地图;其他服务的图层写在网址中',
      'is for 天地图 only; elsewhere the address names the layer',
    );
  }
  const ids = (said ?? tianditu.defaultLayers).split(',').map((id) => id.trim());
  const grounds = ids.filter((id) => groundTitles[id] !== undefined);
  const lettering = ids.filter((id) => letteringLayers.includes(id));
  if (grounds.length + lettering.length !== ids.length || grounds.length > 1 || lettering.length > 1) {
    return complain(
      'LANTU_BASEMAP_LAYERS',
      `写一个底图(${Object.keys(groundTitles).join('、')})和至多一个注记(${letteringLayers.join('、')}),如 img,cia`,
      `is one ground (${Object.keys(groundTitles).join(', ')}) and at most one lettering (${letteringLayers.join(', ')}), such as img,cia`,
    );
  }
  return [...grounds, ...lettering];
}

function readAddresses(
  kind: BasemapKind,
  url: string,
  layers: string[],
  matrixSetName: string,
  environment: BasemapEnvironment,
  complain: Complain,
): { layers: BasemapLayer[]; hosts: string[] } | undefined {
  const key = environment.LANTU_BASEMAP_KEY;
  const takesKey = kind === 'tianditu' || hasPlaceholder(url, 'key');
  if (takesKey && key === undefined) {
    complain(
      'LANTU_BASEMAP_KEY',
      kind === 'tianditu' ? '天地图需要密钥(服务端 tk)' : '网址中有 {key},但没有设置密钥',
      kind === 'tianditu'
        ? '天地图 needs a key (tk of the kind 服务端)'
        : 'is required: the address has {key}',
    );
  }
  if (!takesKey && key !== undefined) {
    complain('LANTU_BASEMAP_KEY', '网址中没有 {key},密钥无处可用', 'is not used: the address has no {key}');
  }
  const base = url === 'tianditu' ? tianditu.base : url;
  const read: BasemapLayer[] = [];
  const hosts = new Set<string>();
  for (const id of layers) {
    const template =
      kind === 'tianditu' ? tiandituTemplate(base, id, matrixSetName === 'c' ? 'c' : 'w') : url;
    const addresses = tileAddresses(template, { key: key ?? '', matrixSetName });
    if ('problem' in addresses) {
      return complain('LANTU_BASEMAP_URL', addresses.problem.zh, addresses.problem.en);
    }
    read.push({ id, addressOf: addresses.addressOf });
    for (const host of addresses.hosts) hosts.add(host);
  }
  return { layers: read, hosts: [...hosts] };
}

function readNumber(
  name: BasemapVariable,
  environment: BasemapEnvironment,
  [min, max]: [number, number],
  complain: Complain,
): number | undefined {
  const text = environment[name];
  if (text === undefined) return undefined;
  const number = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= min && number <= max) return number;
  return complain(name, `应为 ${min} 到 ${max} 的整数`, `is a whole number from ${min} to ${max}`);
}

function readText(
  name: BasemapVariable,
  environment: BasemapEnvironment,
  complain: Complain,
): string | undefined {
  const text = environment[name]?.trim();
  if (text === undefined || text === '') return undefined;
  if (text.length <= longestText && !/\p{Cc}/u.test(text)) return text;
  return complain(
    name,
    `应为一行文字,不超过 ${longestText} 个字`,
    `is one line of at most ${longestText} characters`,
  );
}

/** The address without values that look like a key: what is made of it is seen by everyone. */
function withoutSecrets(url: string): string {
  return url.replace(/([?&][^=&]*(?:key|token|tk|ak|secret|auth|pass|sign)[^=&]*=)[^&]*/gi, '$1');
}

function both(text: string | undefined): Bilingual | undefined {
  return text === undefined ? undefined : { zh: text, en: text };
}
