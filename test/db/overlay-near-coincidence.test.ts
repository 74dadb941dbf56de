/**
 * Overlays of shapes whose edges nearly coincide, where raw overlays fail or are lost: through
 * sql/functions/overlay.sql each gives an answer, and the same one on both engines.
 */
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../server/db/database.ts';
import { nearCoincidentPairs } from '../engines/near-coincident.ts';
import { describeOnEngines } from '../engines/on-engines.ts';

type Areas = { whole: number; shared: number; rest: number; joined: number };

/** Twice the circumference of a shape (under 0.2 degrees) times the grid of 1e-9. */
const toleranceSquareDegrees = 1e-9;

describeOnEngines('overlays of nearly coincident shapes', ({ open }) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  it('give an answer for every pair, and parts that add up to the whole', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 31 - 1 }), async (seed) => {
        const pairs = nearCoincidentPairs(50, seed);
        const areas = await database.query<Areas>(
          `select ST_Area(a) as whole, ST_Area(app.overlay_intersection(a, b)) as shared,
             ST_Area(app.overlay_difference(a, b)) as rest, ST_Area(app.overlay_union(array[a, b])) as joined
           from (select a::geometry, b::geometry from unnest($1::text[], $2::text[]) p (a, b)
             where ST_IsValid(a::geometry) and ST_IsValid(b::geometry)) pair`,
          [pairs.map(({ a }) => a), pairs.map(({ b }) => b)],
          { class: 'read' },
        );
        expect(areas.length).toBeGreaterThan(45);
        for (const { whole, shared, rest, joined } of areas) {
          expect(Math.abs(shared + rest - whole)).toBeLessThan(toleranceSquareDegrees);
          expect(Math.abs(joined - whole)).toBeLessThan(toleranceSquareDegrees);
          expect(Math.abs(shared - whole)).toBeLessThan(toleranceSquareDegrees);
        }
      }),
      { numRuns: 12, seed: 20250930 },
    );
  }, 120_000);
});
