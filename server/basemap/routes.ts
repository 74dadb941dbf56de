/** GET /api/basemap and /api/basemap/{layer}/{z}/{y}/{x}: what the basemap is, and its tiles in WebMercatorQuad. */
import { createHash } from 'node:crypto';
import { type NextFunction, type Request, type Response, Router } from 'express';
import type { BasemapResponse } from '../../geodata/contract/basemap.ts';
import { isTile, type Tile } from '../../geodata/domain/tile.ts';
import { BadRequestError, BasemapUnavailableError, NotFoundError } from '../errors.ts';
import { readOnly } from '../http/methods.ts';
import { readQuery, refuseUnknown } from '../http/query-parameters.ts';
import type { Basemap } from './basemap.ts';

/** A picture of the ground: the same for everyone, yet nothing to keep for good. */
const tileCaching = 'private, max-age=86400';
const retryAfterSeconds = '10';

export function basemapRoutes(basemap: Basemap | null): Router {
  const router = Router({ caseSensitive: true });
  router.use('/basemap', readOnly);

  router.get('/basemap', (request, response) => {
    refuseUnknown(readQuery(request), ['lang']);
    const answer: BasemapResponse = { basemap: basemap?.description ?? null };
    response.set('Cache-Control', 'no-cache').json(answer);
  });

  router.get('/basemap/:layer/:z/:y/:x', async (request, response, next: NextFunction) => {
    try {
      await sendTile(basemap, request, response);
    } catch (error) {
      if (error instanceof BasemapUnavailableError) response.set('Retry-After', retryAfterSeconds);
      next(error);
    }
  });
  return router;
}

async function sendTile(basemap: Basemap | null, request: Request, response: Response): Promise<void> {
  // `v` tells browsers one configuration from another; it says nothing to the service.
  refuseUnknown(readQuery(request), ['lang', 'v']);
  if (basemap === null) {
    throw new NotFoundError({
      zh: '没有配置底图;见 README 的配置一节(LANTU_BASEMAP_URL)。',
      en: 'No basemap is configured; see README, configuration (LANTU_BASEMAP_URL).',
    });
  }
  const layer = String(request.params.layer);
  const known = basemap.description.layers.map(({ id }) => id);
  if (!known.includes(layer)) {
    throw new NotFoundError(
      {
        zh: `底图没有图层“${layer}”。有:${known.join('、')}。`,
        en: `The basemap has no layer "${layer}". It has: ${known.join(', ')}.`,
      },
      { field: 'layer' },
    );
  }
  const tile = parseTile(request, basemap.description);
  const picture = await basemap.tile(layer, tile);
  if (response.destroyed) return;
  if (picture === null) {
    throw new NotFoundError({ zh: '底图在此处没有图片。', en: 'The basemap has no picture here.' });
  }
  const etag = `"${createHash('sha256').update(picture.bytes).digest('base64url').slice(0, 22)}"`;
  response.set({ 'Cache-Control': tileCaching, ETag: etag, 'Content-Type': picture.type });
  if (request.headers['if-none-match'] === etag) response.status(304).end();
  else response.set('Content-Length', String(picture.bytes.length)).end(picture.bytes);
}

/** Throws BadRequestError for what is no whole number, NotFoundError for a tile that is not served. */
function parseTile({ params }: Request, { minzoom, maxzoom }: Basemap['description']): Tile {
  for (const field of ['z', 'y', 'x'] as const) {
    if (!/^\d{1,9}$/.test(String(params[field]))) {
      throw new BadRequestError(
        {
          zh: `瓦片的 ${field} 应为不小于 0 的整数;路径为 …/{z}/{y}/{x}。`,
          en: `${field} of a tile is a whole number from 0 on; the path is …/{z}/{y}/{x}.`,
        },
        { field },
      );
    }
  }
  const tile = { z: Number(params.z), y: Number(params.y), x: Number(params.x) };
  if (tile.z < minzoom || tile.z > maxzoom || !isTile(tile)) {
    throw new NotFoundError(
      {
        zh: `底图只有第 ${minzoom} 级到第 ${maxzoom} 级、行列号在 0 到 2^z−1 之间的瓦片。`,
        en: `The basemap has tiles from zoom ${minzoom} to ${maxzoom}, with rows and columns from 0 to 2^z−1.`,
      },
      { field: 'z' },
    );
  }
  return tile;
}
