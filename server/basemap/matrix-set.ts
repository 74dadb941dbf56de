/** The tile matrix set of a source: by name, or from the description an ArcGIS server gives of its cache. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import {
  type TileMatrixCrs,
  type TileMatrixSet,
  tiandituC,
  webMercatorQuad,
  worldCrs84Quad,
} from '../../geodata/domain/tile-matrix.ts';

type Named = { names: string[]; build: (maxzoom: number) => TileMatrixSet };

const namedSets: Named[] = [
  {
    names: ['GoogleMapsCompatible', 'WebMercatorQuad', 'EPSG:3857', 'EPSG:900913', 'w'],
    build: (maxzoom) => webMercatorQuad(0, maxzoom),
  },
  { names: ['c'], build: tiandituC },
  { names: ['WorldCRS84Quad', 'EPSG:4326'], build: worldCrs84Quad },
];

/** The set of this name with levels up to `maxzoom`, or null: names of other sets mean different things on different servers. */
export function matrixSetNamed(name: string, maxzoom: number): TileMatrixSet | null {
  const wanted = name.toLowerCase();
  const found = namedSets.find(({ names }) => names.some((each) => each.toLowerCase() === wanted));
  return found?.build(maxzoom) ?? null;
}

export const matrixSetNames = namedSets.flatMap(({ names }) => names).join(', ');

const crsByWkid: Record<number, TileMatrixCrs> = {
  4490: 'EPSG:4490',
  4326: 'EPSG:4490',
  3857: 'EPSG:3857',
  102100: 'EPSG:3857',
  102113: 'EPSG:3857',
  900913: 'EPSG:3857',
};

const tileInfoSchema = z.object({
  rows: z.number().int().min(64).max(1024),
  cols: z.number().int().min(64).max(1024),
  origin: z.object({ x: z.number(), y: z.number() }),
  spatialReference: z.object({ wkid: z.number().int().optional(), latestWkid: z.number().int().optional() }),
  lods: z
    .array(z.object({ level: z.number().int().min(0).max(99), resolution: z.number().positive() }))
    .min(1)
    .max(60),
});

/** The answer of …/MapServer?f=json, or its tileInfo alone. */
const fileSchema = z.union([
  z.object({ tileInfo: tileInfoSchema }).transform(({ tileInfo }) => tileInfo),
  tileInfoSchema,
]);

/**
 * Reads the file of an ArcGIS cache: the answer of `…/MapServer?f=json`, saved. Its origin and its
 * resolutions count, whatever they are; projected systems other than Web Mercator are refused.
 */
export function readMatrixSet(path: string): TileMatrixSet | { problem: Bilingual } {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'JSON' : ((error as NodeJS.ErrnoException).code ?? '');
    return { problem: { zh: `读不出文件(${reason})`, en: `the file cannot be read (${reason})` } };
  }
  const parsed = fileSchema.safeParse(content);
  if (!parsed.success) {
    return {
      problem: {
        zh: '文件中没有完整的 tileInfo(rows、cols、origin、spatialReference、lods);请保存 …/MapServer?f=json 的回答',
        en: 'the file has no complete tileInfo (rows, cols, origin, spatialReference, lods); save the answer of …/MapServer?f=json',
      },
    };
  }
  const { rows, cols, origin, spatialReference, lods } = parsed.data;
  const wkids = [spatialReference.latestWkid, spatialReference.wkid].filter((wkid) => wkid !== undefined);
  const crs = wkids.map((wkid) => crsByWkid[wkid]).find((known) => known !== undefined);
  if (crs === undefined) {
    const named = wkids.join(', ') || '?';
    return {
      problem: {
        zh: `切片的坐标系(wkid ${named})不支持;支持 4490、4326 和 3857`,
        en: `tiles in wkid ${named} are not supported; 4490, 4326 and 3857 are`,
      },
    };
  }
  if (rows !== cols) {
    return { problem: { zh: '切片的宽和高不相等', en: 'tiles are not square' } };
  }
  return {
    crs,
    origin: [origin.x, origin.y],
    tileSize: rows,
    matrices: [...lods]
      .sort((a, b) => b.resolution - a.resolution)
      .map(({ level, resolution }) => ({ id: String(level), resolution })),
  };
}
