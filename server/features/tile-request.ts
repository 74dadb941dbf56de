/** The tile a path names, held against the quad tree and the zooms of the layer. */
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import { isTile, type Tile } from '../../geodata/domain/tile.ts';
import { BadRequestError, NotFoundError } from '../errors.ts';

/** Throws BadRequestError for what is no whole number, NotFoundError for a tile that does not exist. */
export function parseTile(layer: LayerDefinition, path: { z: string; y: string; x: string }): Tile {
  for (const field of ['z', 'y', 'x'] as const) {
    if (!/^\d{1,9}$/.test(path[field])) {
      throw new BadRequestError(
        {
          zh: `瓦片的 ${field} 应为不小于 0 的整数;路径为 …/{z}/{y}/{x}。`,
          en: `${field} of a tile is a whole number from 0 on; the path is …/{z}/{y}/{x}.`,
        },
        { field },
      );
    }
  }
  const tile = { z: Number(path.z), y: Number(path.y), x: Number(path.x) };
  const { minzoom, maxzoom } = layer.tiles;
  if (tile.z < minzoom || tile.z > maxzoom) {
    throw new NotFoundError(
      {
        zh: `此图层只有第 ${minzoom} 级到第 ${maxzoom} 级的瓦片。`,
        en: `This layer has tiles from zoom ${minzoom} to ${maxzoom} only.`,
      },
      { field: 'z' },
    );
  }
  if (!isTile(tile)) {
    const last = 2 ** tile.z - 1;
    throw new NotFoundError(
      {
        zh: `第 ${tile.z} 级的行号和列号为 0 到 ${last}。`,
        en: `At zoom ${tile.z} rows and columns run from 0 to ${last}.`,
      },
      { field: tile.x > last ? 'x' : 'y' },
    );
  }
  return tile;
}
