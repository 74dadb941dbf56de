/** One tile of one layer as an answer. */
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import type { Tile } from '../../geodata/domain/tile.ts';
import type { Database } from '../db/database.ts';
import {
  type TileGroupRow,
  tileBufferUnits,
  tileFields,
  tileStatement,
  tileUnits,
} from '../db/layer-tile-sql.ts';
import type { Answer } from '../http/answer-cache.ts';
import { encodeTile, type MvtValue } from './mvt/encode-tile.ts';
import { readTwkbFeatures } from './mvt/twkb.ts';

/** How many features that touch the tile are not drawn in it: smaller than a pixel, or beyond the cap. */
export const leftOutHeader = 'X-Lantu-Left-Out';

/** A vector tile, or 204 where nothing is to be drawn. Invalid stored shapes are drawn as they are. */
export async function readTile(database: Database, layer: LayerDefinition, tile: Tile): Promise<Answer> {
  const { text, params } = tileStatement(layer, tile);
  const groups = await database.query<TileGroupRow>(text, params, { class: 'read' });
  const keys = tileFields(layer).map((field) => ({ name: field.name, real: field.type === 'real' }));
  const { bytes, featureCount } = encodeTile(
    groups.map((group) => ({
      name: group.name,
      keys,
      features: group.shapes === null ? [] : readTwkbFeatures(group.shapes),
      rows: JSON.parse(group.properties) as MvtValue[][],
    })),
    tileUnits,
    { min: -tileBufferUnits, max: tileUnits + tileBufferUnits },
  );
  const [shapes] = groups;
  return {
    revision: shapes?.revision ?? '0',
    status: featureCount === 0 ? 204 : 200,
    contentType: 'application/vnd.mapbox-vector-tile',
    body: Buffer.from(bytes),
    headers: { [leftOutHeader]: String(shapes?.left_out ?? 0) },
  };
}
