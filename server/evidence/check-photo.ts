/**
 * What a photo says of itself beside the site and month it is sent for. It only marks; nothing is refused for it. A camera's
 * position is WGS 84 and taken as CGCS2000 here: they differ by less than a metre.
 */
import type { EvidenceCheck, EvidenceMeaning } from '../../geodata/contract/attachments.ts';
import { fromGcj02 } from '../../geodata/domain/gcj02.ts';
import type { Queryable } from '../db/database.ts';
import { namedSql } from '../db/named-sql.ts';
import type { PhotoExif } from './read-exif.ts';

/** From the outline of the site: one stands beside a pit to take its picture, and a phone among hills is off by tens of metres. */
export const placeToleranceMeters = 200;
/** What a camera says of its own accuracy is believed this far. */
export const mostAccuracyMeters = 100;
/** GCJ-02 is known to some metres only, which the tolerance covers. */
export const timeToleranceDays = 60;
/** A camera's clock may be ahead of the server's. */
const clockToleranceMs = 10 * 60_000;
const dayMs = 86_400_000;

export type Distances = { distanceMeters: number; shiftedDistanceMeters: number };

/** Null where the photo has no position or the site no outline. */
export async function measureDistances(
  client: Queryable,
  siteCode: string,
  position: PhotoExif['position'],
): Promise<Distances | null> {
  if (position === null) return null;
  const unshifted = fromGcj02([position.lng, position.lat]);
  const [row] = await client.query<{ distance_m: number | null; shifted_distance_m: number | null }>(
    namedSql('evidence/measure-distance'),
    [siteCode, position.lng, position.lat, ...unshifted],
    { class: 'lookup' },
  );
  if (row === undefined || row.distance_m === null || row.shifted_distance_m === null) return null;
  return { distanceMeters: row.distance_m, shiftedDistanceMeters: row.shifted_distance_m };
}

/** One check, or none where the site has no outline to compare with. `shifted` once the GCJ-02 offset is taken off. */
export function checkPlace(position: PhotoExif['position'], distances: Distances | null): EvidenceCheck[] {
  if (position === null) return [{ id: 'no_location' }];
  if (distances === null) return [];
  const bound = placeToleranceMeters + Math.min(position.accuracyMeters ?? 0, mostAccuracyMeters);
  const distanceMeters = Math.round(distances.distanceMeters);
  if (distances.distanceMeters <= bound) return [{ id: 'place_ok', distanceMeters }];
  if (distances.shiftedDistanceMeters <= bound) return [{ id: 'shifted_coordinates', distanceMeters }];
  return [{ id: 'wrong_place', distanceMeters }];
}

/**
 * A check where the photo was taken after it was sent, or too far outside its month in Asia/Shanghai; a photo of before the
 * works may be of any age. None where it does not say when it was taken.
 */
export function checkTime(
  takenAt: Date | null,
  { moment, period }: EvidenceMeaning,
  sentAt: Date,
): EvidenceCheck[] {
  if (takenAt === null) return [];
  const taken = takenAt.getTime();
  const isAhead = taken > sentAt.getTime() + clockToleranceMs;
  const month = period === undefined ? null : monthOf(period);
  const tolerance = timeToleranceDays * dayMs;
  const isLate = month !== null && taken > month.to + tolerance;
  const isEarly = month !== null && moment !== 'before' && taken < month.from - tolerance;
  return isAhead || isLate || isEarly ? [{ id: 'wrong_time' }] : [];
}

/** Half-open, in milliseconds. */
function monthOf(period: string): { from: number; to: number } {
  const [year = 0, month = 1] = period.split('-').map(Number);
  const shanghai = 8 * 3_600_000;
  return { from: Date.UTC(year, month - 1) - shanghai, to: Date.UTC(year, month) - shanghai };
}

/** Of 64: what scaling and recompressing change at most, while pictures of different things differ in about 32. */
const mostDifferentBits = 5;

/** A check naming the photos that are the same or look the same, or none. Under the lock of the store none is missed. */
export async function checkDuplicate(
  client: Queryable,
  sha256: string,
  likeness: string | null,
): Promise<EvidenceCheck[]> {
  const rows = await client.query<{ id: string; site_code: string; site_name: string }>(
    namedSql('evidence/find-alike'),
    [sha256, likeness, mostDifferentBits],
    { class: 'lookup' },
  );
  if (rows.length === 0) return [];
  const sameAs = rows.map(({ id, site_code, site_name }) => ({
    id,
    siteCode: site_code,
    siteName: site_name,
  }));
  return [{ id: 'duplicate', sameAs }];
}
