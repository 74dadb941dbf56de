/** What the database gave for one tile, encoded. */
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import { type TileRow, tileBufferUnits, tileFields, tileUnits } from '../db/layer-tile-sql.ts';
import type { Answer } from '../http/answer-cache.ts';
import { encodeTile, type MvtRow } from './mvt/encode-tile.ts';
import type { Range } from './mvt/geometry-commands.ts';
import { readTwkbSequence } from './mvt/twkb.ts';

const buffered: Range = { min: -tileBufferUnits, max: tileUnits + tileBufferUnits };
/** Without the buffer: each anchor is in one tile. */
const withinTile: Range = { min: 0, max: tileUnits - 1 };

/** How many features that touch the tile are not drawn in it: smaller than a pixel, or beyond the cap. */
export const leftOutHeader = 'X-Lantu-Left-Out';

/** A row of tileStatement as an answer; 204 where nothing is to be drawn. Invalid stored shapes are drawn as they are. */
export function answerOfTile(layer: LayerDefinition, row: TileRow): Answer {
  const keys = tileFields(layer).map((field) => ({ name: field.name, real: field.type === 'real' }));
  const rows = JSON.parse(row.features) as MvtRow[];
  const part = (name: string, base64: string | null, range: Range) =>
    base64 === null
      ? []
      : [{ name, keys, rows, geometries: readTwkbSequence(Buffer.from(base64, 'base64')), range }];
  const { bytes, featureCount } = encodeTile(
    [
      ...part(layer.id, row.shapes, buffered),
      ...part(`${layer.id}_anchor`, row.anchors, withinTile),
      ...part(`${layer.id}_axis`, row.axes, buffered),
    ],
    tileUnits,
  );
  return {
    revision: row.revision,
    status: featureCount === 0 ? 204 : 200,
    contentType: 'application/vnd.mapbox-vector-tile',
    body: bytes,
    headers: { [leftOutHeader]: String(row.left_out) },
  };
}
