/**
 * The one configured basemap: which tiles it has, and a tile of it in Web Mercator, passed on as it came
 * where the source has the same tiles, else made from those it has.
 */
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Basemap as BasemapDescription } from '../../geodata/contract/basemap.ts';
import type { Tile } from '../../geodata/domain/tile.ts';
import { planTile, type TilePlan } from '../../geodata/domain/tile-matrix-plan.ts';
import { BasemapUnavailableError } from '../errors.ts';
import type { BasemapLayer, BasemapSettings } from './basemap-settings.ts';
import type { TilePicture } from './fetch-tile.ts';
import { createRecentTiles } from './recent-tiles.ts';
import { type PlacedTile, resampleTile } from './resample-tile.ts';
import {
  createSourceTiles,
  type SourceTileLimits,
  type SourceTileStats,
  sourceTileLimits,
} from './source-tiles.ts';
import { createTileStore } from './tile-store.ts';

export type BasemapStats = SourceTileStats & {
  /** Answers from memory, and tiles made by resampling. */
  remembered: number;
  resampled: number;
  memoryBytes: number;
};

export type Basemap = {
  description: BasemapDescription;
  /** Null where the source has no picture there. Throws BasemapUnavailableError. */
  tile(layerId: string, tile: Tile): Promise<TilePicture | null>;
  stats(): BasemapStats;
  close(): void;
};

export type BasemapLimits = SourceTileLimits & {
  /**
   * How long an answer waits for the source. The request goes on behind it: a browser has six
   * connections to this service, and pictures that hang must not keep data from coming.
   */
  patienceMs: number;
};

const basemapLimits: BasemapLimits = { ...sourceTileLimits, patienceMs: 4_000 };

const memoryBytes = 32 * 1024 * 1024;
const memoryAgeMs = 3_600_000;
/** More than any plan has between the zooms served; a sign of levels that do not fit. */
const mostSourceTiles = 36;

export function createBasemap(
  settings: BasemapSettings,
  dataDir: string,
  log: Logger,
  limits: BasemapLimits = basemapLimits,
): Basemap {
  const { title, attribution, layers, minzoom, maxzoom, version, matrixSet, hosts } = settings;
  const store = createTileStore({
    dir: join(dataDir, 'basemap'),
    version,
    maxBytes: settings.cacheBytes,
    log,
  });
  const source = createSourceTiles(hosts, store, log, limits);
  const recent = createRecentTiles(memoryBytes, memoryAgeMs);
  const making = new Map<string, Promise<TilePicture | null>>();
  const counts = { remembered: 0, resampled: 0 };
  log.info({ hosts }, 'basemap: tiles come from another server');

  async function make(layer: BasemapLayer, tile: Tile): Promise<TilePicture | null> {
    const plan = planTile(matrixSet, tile);
    if (plan === null) return null;
    const wanted = sourceTilesOf(plan);
    if (wanted.length > mostSourceTiles) return null;
    const tiles: PlacedTile[] = await Promise.all(
      wanted.map(async (place) => ({
        ...place,
        picture: await source.get(layer, { matrix: plan.matrix.id, ...place }),
      })),
    );
    const [only] = tiles;
    if (tiles.every(({ picture }) => picture === null)) return null;
    if (plan.isExact && only !== undefined) return only.picture;
    try {
      counts.resampled += 1;
      return await resampleTile(plan, matrixSet.tileSize, tiles);
    } catch (error) {
      log.warn({ err: error }, 'basemap: a tile cannot be resampled');
      throw unusable(matrixSet.tileSize);
    }
  }

  return {
    description: {
      title,
      attribution,
      layers: layers.map(({ id }) => ({ id })),
      minzoom,
      maxzoom,
      version,
    },
    async tile(layerId, tile) {
      const layer = layers.find(({ id }) => id === layerId);
      if (layer === undefined) return null;
      const key = [layerId, tile.z, tile.y, tile.x].join('/');
      const known = recent.get(key);
      if (known !== null) {
        counts.remembered += 1;
        return known;
      }
      let work = making.get(key);
      if (work === undefined) {
        work = make(layer, tile)
          .then((picture) => {
            if (picture !== null) recent.keep(key, picture);
            return picture;
          })
          .finally(() => making.delete(key));
        making.set(key, work);
      }
      return withPatience(work, limits.patienceMs);
    },
    stats: () => ({ ...source.stats(), ...counts, memoryBytes: recent.bytes() }),
    close: () => source.close(),
  };
}

/** Rows and columns of the plan, row by row. */
function sourceTilesOf(plan: TilePlan): { row: number; column: number }[] {
  const tiles: { row: number; column: number }[] = [];
  for (let row = plan.firstRow; row <= plan.lastRow; row += 1) {
    for (let column = plan.firstColumn; column <= plan.lastColumn; column += 1) tiles.push({ row, column });
  }
  return tiles;
}

async function withPatience<T>(work: Promise<T>, patienceMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tired = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new BasemapUnavailableError({
            zh: '底图服务回答太慢,图片取到后会显示。其他图层不受影响。',
            en: 'The basemap service is too slow; the picture is shown once it has come. Other layers are not affected.',
          }),
        ),
      patienceMs,
    );
  });
  try {
    return await Promise.race([work, tired]);
  } finally {
    clearTimeout(timer);
    // Nobody may wait any more when it fails.
    work.catch(() => undefined);
  }
}

function unusable(tileSize: number): BasemapUnavailableError {
  return new BasemapUnavailableError({
    zh: `底图服务的图片不能用:应为 ${tileSize}×${tileSize} 像素。请管理员核对 LANTU_BASEMAP_MATRIX_SET。`,
    en: `The pictures of the basemap service cannot be used: ${tileSize}×${tileSize} pixels are expected. Let the administrator check LANTU_BASEMAP_MATRIX_SET.`,
  });
}
