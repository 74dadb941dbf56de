/** Vector tiles as plain data, for comparing and for goldens. */
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';

export type DecodedFeature = {
  id: number | undefined;
  type: 'point' | 'line' | 'polygon';
  properties: Record<string, string | number | boolean>;
  /** Rings, lines or points; rings closed. */
  parts: [x: number, y: number][][];
};
export type DecodedTile = Record<string, DecodedFeature[]>;

const types = [undefined, 'point', 'line', 'polygon'] as const;

export function decodeTile(bytes: Uint8Array): DecodedTile {
  const tile = new VectorTile(new PbfReader(bytes));
  return Object.fromEntries(
    Object.entries(tile.layers).map(([name, layer]) => [
      name,
      Array.from({ length: layer.length }, (_, index) => {
        const feature = layer.feature(index);
        const type = types[feature.type];
        if (type === undefined) throw new Error('a feature without a geometry type');
        return {
          id: feature.id,
          type,
          properties: { ...feature.properties },
          parts: feature
            .loadGeometry()
            .map((part) => part.map((point): [number, number] => [point.x, point.y])),
        };
      }),
    ]),
  );
}

/** One line a feature: `id type {properties} parts`. */
export function tileText(tile: DecodedTile): string {
  return Object.entries(tile)
    .flatMap(([name, features]) => [
      `${name}:`,
      ...features.map(({ id, type, properties, parts }) => {
        const shape = parts.map((part) => part.map((point) => point.join(' ')).join(', ')).join(' | ');
        return `  ${id} ${type} ${JSON.stringify(properties)}\n    ${shape}`;
      }),
    ])
    .join('\n')
    .concat('\n');
}
