/** Tiny WKB of whole numbers for fixtures, as PostGIS writes it: what the reader of sheets is fed. */

export type PlainShape =
  | { kind: 'point'; point: readonly [number, number] }
  | { kind: 'lines'; lines: readonly (readonly (readonly [number, number])[])[] }
  | { kind: 'polygons'; polygons: readonly (readonly (readonly [number, number])[])[][] }
  | { kind: 'empty' };

/** Geometries one after another; coordinates are rounded to whole numbers. */
export function writeTwkb(shapes: readonly PlainShape[]): Uint8Array {
  return Uint8Array.from(shapes.flatMap(geometryBytes));
}

function geometryBytes(shape: PlainShape): number[] {
  const last: [number, number] = [0, 0];
  const run = (points: readonly (readonly [number, number])[]): number[] =>
    points.flatMap((point) =>
      ([0, 1] as const).flatMap((axis) => {
        const value = Math.round(point[axis]);
        const step = value - last[axis];
        last[axis] = value;
        return unsigned(step < 0 ? -2 * step - 1 : 2 * step);
      }),
    );
  const counted = (points: readonly (readonly [number, number])[]): number[] => [
    ...unsigned(points.length),
    ...run(points),
  ];
  switch (shape.kind) {
    case 'empty':
      return [0x06, 0x10];
    case 'point':
      return [0x01, 0, ...run([shape.point])];
    case 'lines':
      return [0x05, 0, ...unsigned(shape.lines.length), ...shape.lines.flatMap(counted)];
    case 'polygons':
      return [
        0x06,
        0,
        ...unsigned(shape.polygons.length),
        ...shape.polygons.flatMap((rings) => [...unsigned(rings.length), ...rings.flatMap(counted)]),
      ];
  }
}

function unsigned(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) + 128);
  }
}
