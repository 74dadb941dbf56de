/** Mapbox Vector Tile 2.1 from shapes in tile units and rows of properties. */
import { PbfWriter } from 'pbf';
import { encodeCommands, geometryTypes, type Range } from './geometry-commands.ts';
import type { TwkbGeometry } from './twkb.ts';

export type MvtValue = string | number | boolean | null;

/** One row of a layer: the feature's id, then values in the order of the layer's keys; null: it does not have it. */
export type MvtRow = readonly [id: number, ...values: MvtValue[]];

export type MvtLayer = {
  name: string;
  keys: readonly { name: string; real: boolean }[];
  rows: readonly MvtRow[];
  /** Shapes in tile units, one a row. */
  geometries: Iterable<TwkbGeometry>;
  /** Where coordinates may lie. */
  range: Range;
};

export type EncodedTile = {
  /** Of their own: no larger buffer is kept with them. */
  bytes: Buffer;
  /** Features with something to draw. */
  featureCount: number;
};

/** Tiles are written one at a time, into the same bytes: a writer that grows leaves as much behind as it ends with. */
let scratch: Uint8Array = new Uint8Array(65_536);
/** Holds a tile of thousands of polygons; a larger one takes bytes of its own. */
const mostScratchBytes = 1_048_576;

/** Layers without features are left out; no feature at all gives no bytes. */
export function encodeTile(layers: readonly MvtLayer[], extent: number): EncodedTile {
  const writer = new PbfWriter(scratch);
  let featureCount = 0;
  for (const layer of layers) {
    const start = writer.pos;
    let count = 0;
    const write = (of: MvtLayer, to: PbfWriter): void => {
      count = writeLayer(of, extent, to);
    };
    writer.writeMessage(3, write, layer);
    if (count === 0) writer.pos = start;
    featureCount += count;
  }
  const bytes = Buffer.allocUnsafeSlow(writer.pos);
  bytes.set(writer.buf.subarray(0, writer.pos));
  if (writer.buf.length <= mostScratchBytes) scratch = writer.buf;
  return { bytes, featureCount };
}

/** How many features were written. */
function writeLayer(layer: MvtLayer, extent: number, writer: PbfWriter): number {
  const { tagsOf, values } = createTagTable(layer.keys);
  let count = 0;
  let index = 0;
  writer.writeVarintField(15, 2);
  writer.writeStringField(1, layer.name);
  for (const geometry of layer.geometries) {
    const row = layer.rows[index++];
    const commands = encodeCommands(geometry, layer.range);
    if (row === undefined || commands.length === 0) continue;
    const type = geometryTypes[geometry.kind];
    writer.writeMessage(2, writeFeature, { id: row[0], tags: tagsOf(row), type, commands });
    count += 1;
  }
  for (const { name } of layer.keys) writer.writeStringField(3, name);
  for (const entry of values) writer.writeMessage(4, writeValue, entry);
  writer.writeVarintField(5, extent);
  return count;
}

type TaggedValue = { value: string | number | boolean; real: boolean };

/** The values of a layer, each once for a key, and the pairs of indexes that stand for a row. */
function createTagTable(keys: MvtLayer['keys']) {
  const values: TaggedValue[] = [];
  const indexes = keys.map(() => new Map<string | number | boolean, number>());
  const tagsOf = (row: MvtRow): number[] => {
    const tags: number[] = [];
    for (const [key, { real }] of keys.entries()) {
      const value = row[key + 1] ?? null;
      if (value === null) continue;
      let index = indexes[key]?.get(value);
      if (index === undefined) {
        index = values.length;
        indexes[key]?.set(value, index);
        values.push({ value, real });
      }
      tags.push(key, index);
    }
    return tags;
  };
  return { values, tagsOf };
}

type FeatureParts = { id: number; tags: number[]; type: number; commands: number[] };

function writeFeature({ id, tags, type, commands }: FeatureParts, writer: PbfWriter): void {
  writer.writeVarintField(1, id);
  writer.writePackedVarint(2, tags);
  writer.writeVarintField(3, type);
  writer.writePackedVarint(4, commands);
}

function writeValue({ value, real }: TaggedValue, writer: PbfWriter): void {
  if (typeof value === 'string') writer.writeStringField(1, value);
  else if (typeof value === 'boolean') writer.writeBooleanField(7, value);
  else if (real || !Number.isInteger(value)) writer.writeDoubleField(3, value);
  else if (value < 0) writer.writeSVarintField(6, value);
  else writer.writeVarintField(5, value);
}
