import { describe, expect, it } from 'vitest';
import { checkPlace, checkTime } from '../../server/evidence/check-photo.ts';

const at = (accuracyMeters: number | null) => ({ lng: 115, lat: 26, accuracyMeters });
const ids = (checks: readonly { id: string }[]) => checks.map(({ id }) => id);

describe('the place of a photo', () => {
  it.each([
    [null, 0, 900, 'place_ok'],
    [null, 200, 900, 'place_ok'],
    [null, 201, 900, 'wrong_place'],
    [30, 229, 900, 'place_ok'],
    [5_000, 299, 900, 'place_ok'],
    [5_000, 301, 900, 'wrong_place'],
    [null, 600, 10, 'shifted_coordinates'],
    [null, 100, 10, 'place_ok'],
  ] as const)('of accuracy %s, %s m away and %s m without the offset, is %s', (accuracy, distance, shifted, id) => {
    const distances = { distanceMeters: distance, shiftedDistanceMeters: shifted };
    expect(checkPlace(at(accuracy), distances)).toEqual([{ id, distanceMeters: distance }]);
  });
  it('is said to be missing, and cannot be judged where the site has no outline', () => {
    expect(ids(checkPlace(null, null))).toEqual(['no_location']);
    expect(checkPlace(at(null), null)).toEqual([]);
  });
});

describe('the time of a photo', () => {
  const sent = new Date('2025-10-03T00:00:00Z');
  const check = (taken: string, moment?: 'before' | 'after', period: string | undefined = '2025-09') =>
    ids(checkTime(new Date(taken), { ...(moment && { moment }), ...(period && { period }) }, sent));

  it('may lie 60 days around its month, in Asia/Shanghai', () => {
    expect(check('2025-07-02T16:00:00Z')).toEqual([]);
    expect(check('2025-07-02T15:59:59Z')).toEqual(['wrong_time']);
    expect(check('2025-07-02T15:59:59Z', 'before')).toEqual([]);
  });
  it('may not be later than its arrival, but for a clock that is a little ahead', () => {
    expect(check('2025-10-03T00:09:00Z')).toEqual([]);
    expect(check('2025-10-03T00:11:00Z')).toEqual(['wrong_time']);
    expect(check('2025-10-03T00:11:00Z', undefined, '')).toEqual(['wrong_time']);
  });
  it('is not wrong where it is not known', () => {
    expect(checkTime(null, { period: '2025-09' }, sent)).toEqual([]);
  });
});
