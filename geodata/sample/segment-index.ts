/** Line segments sorted into square buckets, for the distance to the nearest of many. */
import { distanceToSegment, type Point } from './plane.ts';

export type Segment = readonly [Point, Point];

export type SegmentIndex = {
  /** Kilometres to the nearest segment; `limit` where none is nearer than that (at most the bucket size). */
  distanceWithin(point: Point, limit: number): number;
};

/** Looks right for distances up to `bucketKilometers`. */
export function createSegmentIndex(segments: readonly Segment[], bucketKilometers: number): SegmentIndex {
  const buckets = new Map<number, Segment[]>();
  const bucketOf = (value: number): number => Math.floor(value / bucketKilometers);
  const keyOf = (column: number, row: number): number => (column + 4096) * 8192 + row + 4096;
  for (const segment of segments) {
    const [[ax, ay], [bx, by]] = segment;
    for (let column = bucketOf(Math.min(ax, bx)); column <= bucketOf(Math.max(ax, bx)); column += 1) {
      for (let row = bucketOf(Math.min(ay, by)); row <= bucketOf(Math.max(ay, by)); row += 1) {
        const key = keyOf(column, row);
        const bucket = buckets.get(key);
        if (bucket === undefined) buckets.set(key, [segment]);
        else bucket.push(segment);
      }
    }
  }
  return {
    distanceWithin: (point, limit) => {
      let least = limit;
      const column = bucketOf(point[0]);
      const row = bucketOf(point[1]);
      for (let nearColumn = column - 1; nearColumn <= column + 1; nearColumn += 1) {
        for (let nearRow = row - 1; nearRow <= row + 1; nearRow += 1) {
          for (const [a, b] of buckets.get(keyOf(nearColumn, nearRow)) ?? []) {
            const distance = distanceToSegment(point, a, b);
            if (distance < least) least = distance;
          }
        }
      }
      return least;
    },
  };
}
