/** The fast area beside the exact one, for rings from a garden to a province. */
import { expect, it } from 'vitest';
import { polygonAreaSquareMeters } from '../../../geodata/domain/geodesic.ts';
import { shortEdgeArea } from '../../../geodata/domain/short-edge-area.ts';
import { seededRandom } from '../../engines/random.ts';

type Ring = [number, number][];

/** Rounding of the exact algorithm, which measures each edge down to the equator. */
const exactNoise = 5e-4;

/** Star-shaped rings of 3 to 12 corners anywhere in China, either way round. */
function* rings(radiusMeters: number, count: number): Generator<Ring> {
  const random = seededRandom(radiusMeters);
  for (let index = 0; index < count; index += 1) {
    const [lng, lat] = [74 + 61 * random(), 4 + 49 * random()];
    const corners = 3 + Math.floor(10 * random());
    const ring = Array.from({ length: corners }, (_, corner): [number, number] => {
      const angle = ((corner + 0.9 * random()) / corners) * 2 * Math.PI;
      const degrees = (radiusMeters * (0.2 + 0.8 * random())) / 111_320;
      const east = (degrees * Math.cos(angle)) / Math.cos((lat / 180) * Math.PI);
      return [lng + east, lat + degrees * Math.sin(angle)];
    });
    const [first = [0, 0]] = ring;
    yield index % 2 === 0 ? [...ring, first] : [...ring, first].reverse();
  }
}

const flat = (ring: Ring): Float64Array => Float64Array.from(ring.flat());

it.each([1, 30, 1_000, 5_000, 20_000, 50_000])('keeps to its own bound at %i m', (radius) => {
  for (const ring of rings(radius, 300)) {
    const { squareMeters, errorSquareMeters } = shortEdgeArea(flat(ring));
    const exact = polygonAreaSquareMeters([ring]);
    expect(Math.abs(squareMeters - exact)).toBeLessThan(errorSquareMeters + exactNoise);
  }
});

it('is as good as exact for the edges surveys draw, and says that it is not for long ones', () => {
  const worst = (radius: number): number =>
    Math.max(...Array.from(rings(radius, 300), (ring) => shortEdgeArea(flat(ring)).errorSquareMeters));
  expect(worst(1_000)).toBeLessThan(1e-3);
  const least = Math.min(
    ...Array.from(rings(50_000, 300), (ring) => shortEdgeArea(flat(ring)).errorSquareMeters),
  );
  expect(least).toBeGreaterThan(0.1);
});

it('gives 0 for what encloses nothing', () => {
  for (const ring of [
    [],
    [[115, 25]],
    [
      [115, 25],
      [115.001, 25.001],
      [115, 25],
    ],
  ] as Ring[]) {
    expect(shortEdgeArea(flat(ring)).squareMeters).toBeCloseTo(0, 6);
  }
});
