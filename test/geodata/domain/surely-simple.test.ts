/** What passes for simple without being judged by PostGIS, beside an exact judgement of every pair of edges. */
import { expect, it } from 'vitest';
import { isSurelySimple } from '../../../geodata/domain/surely-simple.ts';
import { seededRandom } from '../../engines/random.ts';

type Ring = [number, number][];

const flat = (ring: Ring): Float64Array => Float64Array.from(ring.flat());
const closed = (...points: Ring): Float64Array => flat([...points, points[0] ?? [0, 0]]);

/** Sign of the area of a triangle whose coordinates are small integers, which doubles compute without error. */
function side([ax, ay]: number[], [bx, by]: number[], [px, py]: number[]): number {
  return Math.sign(
    ((bx ?? 0) - (ax ?? 0)) * ((py ?? 0) - (ay ?? 0)) - ((by ?? 0) - (ay ?? 0)) * ((px ?? 0) - (ax ?? 0)),
  );
}

function liesOn(a: number[], b: number[], p: number[]): boolean {
  const between = (axis: number): boolean =>
    Math.min(a[axis] ?? 0, b[axis] ?? 0) <= (p[axis] ?? 0) &&
    (p[axis] ?? 0) <= Math.max(a[axis] ?? 0, b[axis] ?? 0);
  return side(a, b, p) === 0 && between(0) && between(1);
}

/** Whether the ring of integers meets itself nowhere but at the ends of neighbours. */
function isSimple(ring: Ring): boolean {
  const edges = ring.slice(1).map((end, index) => [ring[index] ?? end, end] as const);
  return edges.every(([a, b], one) =>
    edges.every(([c, d], other) => {
      if (one === other) return a[0] !== b[0] || a[1] !== b[1];
      const isNext = (one + 1) % edges.length === other;
      if (isNext || (other + 1) % edges.length === one) {
        const [from, to] = isNext ? [a, d] : [b, c];
        return !liesOn(a, b, to) && !liesOn(c, d, from);
      }
      const crosses = side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);
      return !crosses && ![a, b].some((p) => liesOn(c, d, p)) && ![c, d].some((p) => liesOn(a, b, p));
    }),
  );
}

it('never takes a ring for simple that is not, on a grid where rings touch and overlap all the time', () => {
  const random = seededRandom(7);
  let [simple, told] = [0, 0];
  for (let round = 0; round < 40_000; round += 1) {
    const corners = 3 + Math.floor(6 * random());
    const size = 3 + Math.floor(30 * random());
    const open = Array.from({ length: corners }, (): [number, number] => [
      Math.floor(size * random()),
      Math.floor(size * random()),
    ]);
    const ring: Ring = [...open, open[0] ?? [0, 0]];
    const isOne = isSimple(ring);
    if (isOne) simple += 1;
    if (!isSurelySimple(flat(ring))) continue;
    expect(isOne, JSON.stringify(ring)).toBe(true);
    told += 1;
  }
  expect(simple).toBeGreaterThan(4_000);
  // With whole numbers all that is simple can be told.
  expect(told).toBe(simple);
});

it('sees one wrong edge among many', () => {
  const random = seededRandom(11);
  const round = Array.from({ length: 500 }, (_, corner): [number, number] => {
    const angle = ((corner + 0.5 * random()) / 500) * 2 * Math.PI;
    const radius = 0.01 + 0.002 * random();
    return [115 + Math.cos(angle) * radius, 25 + Math.sin(angle) * radius];
  });
  expect(isSurelySimple(closed(...round))).toBe(true);
  expect(isSurelySimple(closed(...round.toReversed()))).toBe(true);
  for (const at of [3, 100, 250, 499]) {
    const crossed = [...round];
    crossed[at] = round[(at + 250) % 500] ?? [0, 0];
    expect(isSurelySimple(closed(...crossed))).toBe(false);
    const pierced = [...round];
    pierced[at] = [115 - 1.5 * ((round[at]?.[0] ?? 0) - 115), 25 - 1.5 * ((round[at]?.[1] ?? 0) - 25)];
    expect(isSurelySimple(closed(...pierced))).toBe(false);
  }
});

it('says nothing of what touches itself, runs back, stands still or is none', () => {
  for (const ring of [
    closed([0, 0], [2, 2], [2, 0], [0, 2]),
    closed([0, 0], [4, 0], [4, 4], [2, 0], [0, 4]),
    closed([0, 0], [4, 0], [2, 0], [2, 4]),
    closed([0, 0], [4, 0], [4, 0], [4, 4]),
    closed([0, 0], [1, 1], [2, 2]),
    closed([0, 0], [4, 0], [Number.NaN, 4]),
    closed([0, 0], [4, 0], [Number.POSITIVE_INFINITY, 4], [0, 4]),
    flat([
      [0, 0],
      [4, 0],
      [4, 4],
      [0, 4],
    ]),
    flat([
      [0, 0],
      [1, 1],
      [0, 0],
    ]),
    new Float64Array(),
  ])
    expect(isSurelySimple(ring)).toBe(false);
});

it('tells a straight edge with points on it, and a comb only as far as it is worth while', () => {
  expect(isSurelySimple(closed([0, 0], [1, 0], [2, 0], [3, 0], [3, 3], [0, 3], [0, 2], [0, 1]))).toBe(true);
  const comb = (teeth: number): Float64Array => {
    const zigzag = Array.from(
      { length: teeth },
      (_, index): Ring => [
        [0, 2 * index],
        [1000, 2 * index + 0.5],
      ],
    ).flat();
    return closed(...zigzag, [1001, 2 * teeth], [1001, -1], [-1, -1], [-1, 2 * teeth - 2]);
  };
  expect(isSurelySimple(comb(5))).toBe(true);
  expect(isSurelySimple(comb(500))).toBe(false);
});
