/** Pairs of valid shapes whose edges nearly coincide: what overlay algorithms find hardest. */
import { seededRandom } from './random.ts';

export type ShapePair = { a: string; b: string };

/**
 * `count` pairs of WKT polygons in degrees near Ganzhou, the second a copy of the first with vertices moved
 * by 1e-15 to 1e-8 degrees and with further vertices on its edges.
 */
export function nearCoincidentPairs(count: number, seed: number): ShapePair[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const ring = star(random);
    const jitter = 10 ** (-15 + 7 * random());
    return { a: toWkt(ring), b: toWkt(disturbed(ring, jitter, random)) };
  });
}

type Position = [lng: number, lat: number];

/** Star-shaped, hence free of self-intersections, and stays so when moved by much less than its edges. */
function star(random: () => number): Position[] {
  const [lng, lat] = [114 + 2.5 * random(), 24.6 + 2.4 * random()];
  const corners = 6 + Math.floor(random() * 30);
  return Array.from({ length: corners }, (_, index) => {
    const angle = ((index + 0.4 * random()) / corners) * 2 * Math.PI;
    const radius = 0.002 + 0.01 * random();
    return [lng + radius * Math.cos(angle), lat + radius * Math.sin(angle)];
  });
}

function disturbed(ring: Position[], jitter: number, random: () => number): Position[] {
  return ring.flatMap((corner, index) => {
    const next = ring[(index + 1) % ring.length] ?? corner;
    const move = (value: number) => value + jitter * (random() - 0.5);
    const along = random();
    const between: Position = [
      move(corner[0] + along * (next[0] - corner[0])),
      move(corner[1] + along * (next[1] - corner[1])),
    ];
    const kept: Position = random() < 0.5 ? corner : [move(corner[0]), move(corner[1])];
    return random() < 0.7 ? [kept, between] : [kept];
  });
}

function toWkt(ring: Position[]): string {
  const [first] = ring;
  const closed = first === undefined ? ring : [...ring, first];
  return `SRID=4490;POLYGON((${closed.map(([lng, lat]) => `${lng} ${lat}`).join(',')}))`;
}
