/** Mapbox Vector Tile 2.1 from shapes in tile units and rows of properties. */
import { PbfWriter } from 'pbf';
import { encodeCommands, geometryTypes, type Range } from './geometry-commands.ts';
import type { TwkbFeature } from './twkb.ts';

export type MvtValue = string | number | boolean | null;

export type MvtLayer = {
  name: string;
  keys: readonly { name: string; real: boolean }[];
  features: readonly TwkbFeature[];
  /** Values in the order of `keys`, one row a feature; null: the feature does not have it. */
  rows: readonly (readonly MvtValue[])[];
};

export type EncodedTile = {
  bytes: Uint8Array;
  /** Features with something to draw. */
  featureCount: number;
};

/** Layers without features are left out; no feature at all gives no bytes. */
export function encodeTile(layers: readonly MvtLayer[], extent: number, range: Range): EncodedTile {
  const writer = new PbfWriter();
  let featureCount = 0;
  for (const layer of layers) {
    const features = layer.features.flatMap((feature, index) => {
      const commands = encodeCommands(feature.geometry, range);
      return commands.length === 0 ? [] : [{ feature, commands, row: layer.rows[index] ?? [] }];
    });
    if (features.length === 0) continue;
    featureCount += features.length;
    writer.writeMessage(3, writeLayer, { layer, features, extent });
  }
  return { bytes: writer.finish(), featureCount };
}

type LayerParts = {
  layer: MvtLayer;
  features: { feature: TwkbFeature; commands: number[]; row: readonly MvtValue[] }[];
  extent: number;
};

function writeLayer({ layer, features, extent }: LayerParts, writer: PbfWriter): void {
  const values = new Map<string, number>();
  const valueList: { value: string | number | boolean; real: boolean }[] = [];
  const indexOf = (value: string | number | boolean, real: boolean): number => {
    const known = `${typeof value}${real ? 'r' : ''}:${value}`;
    const index = values.get(known);
    if (index !== undefined) return index;
    values.set(known, valueList.length);
    valueList.push({ value, real });
    return valueList.length - 1;
  };
  writer.writeVarintField(15, 2);
  writer.writeStringField(1, layer.name);
  for (const { feature, commands, row } of features) {
    const tags = row.flatMap((value, key) =>
      value === null ? [] : [key, indexOf(value, layer.keys[key]?.real ?? false)],
    );
    writer.writeMessage(2, writeFeature, { feature, commands, tags });
  }
  for (const key of layer.keys) writer.writeStringField(3, key.name);
  for (const entry of valueList) writer.writeMessage(4, writeValue, entry);
  writer.writeVarintField(5, extent);
}

function writeFeature(
  { feature, commands, tags }: { feature: TwkbFeature; commands: number[]; tags: number[] },
  writer: PbfWriter,
): void {
  writer.writeVarintField(1, feature.id);
  writer.writePackedVarint(2, tags);
  writer.writeVarintField(3, geometryTypes[feature.geometry.kind]);
  writer.writePackedVarint(4, commands);
}

function writeValue(
  { value, real }: { value: string | number | boolean; real: boolean },
  writer: PbfWriter,
): void {
  if (typeof value === 'string') writer.writeStringField(1, value);
  else if (typeof value === 'boolean') writer.writeBooleanField(7, value);
  else if (real || !Number.isInteger(value)) writer.writeDoubleField(3, value);
  else if (value < 0) writer.writeSVarintField(6, value);
  else writer.writeVarintField(5, value);
}
