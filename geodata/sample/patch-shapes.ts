/** Outlines of mine patches: irregular benches and dumps, some cut straight by a highwall, some with a hole. */
import {
  boundsOf,
  distanceToRing,
  type PlanarPolygon,
  type Point,
  type Ring,
  ringContains,
  segmentsMeet,
  signedAreaOf,
} from './plane.ts';
import type { Random } from './random.ts';

/** Radius by angle, so that every outline is star-shaped about its origin and therefore simple. */
type Profile = (angle: number) => number;

function createProfile(random: Random): Profile {
  const aspect = random.between(1, 2.3);
  const heading = random.between(0, Math.PI);
  const waves = [2, 3, 4, 5, 7, 11].map((frequency) => ({
    frequency,
    strength: (random.normal() * 0.3) / frequency ** 0.75,
    phase: random.between(0, 2 * Math.PI),
  }));
  // Straight faces: the outline is cut off along one to three chords.
  const faces = Array.from({ length: random.integer(1, 3) }, () => ({
    angle: random.between(0, 2 * Math.PI),
    distance: random.between(0.55, 0.95),
  }));
  return (angle) => {
    const along = Math.cos(angle - heading) / aspect;
    const aside = Math.sin(angle - heading);
    const ellipse = 1 / Math.sqrt(along * along + aside * aside) / Math.sqrt(aspect);
    const swing = waves.reduce(
      (sum, wave) => sum + wave.strength * Math.sin(wave.frequency * angle + wave.phase),
      0,
    );
    let radius = ellipse * Math.exp(Math.min(0.6, Math.max(-0.9, swing)));
    for (const face of faces) {
      const towards = Math.cos(angle - face.angle);
      if (towards > 0.05) radius = Math.min(radius, face.distance / towards);
    }
    return radius;
  };
}

function ringOf(profile: Profile, angles: readonly number[], scale: number): Point[] {
  return angles.map((angle): Point => {
    const radius = profile(angle) * scale;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}

function spreadAngles(count: number, random: Random): number[] {
  return Array.from(
    { length: count },
    (_, index) => ((index + random.between(-0.32, 0.32)) / count) * 2 * Math.PI,
  );
}

/** A patch about the origin with this area in km²: 20–60 vertices outside, a hole in some of the larger ones. */
function shapePatch(areaSquareKilometers: number, random: Random): PlanarPolygon {
  const profile = createProfile(random);
  const count = Math.round(
    Math.min(60, Math.max(20, 20 + areaSquareKilometers * 600 + random.between(0, 14))),
  );
  const outer = ringOf(profile, spreadAngles(count, random), 1);
  const rings: Ring[] = [outer];
  if (areaSquareKilometers > 0.012 && random.chance(0.18)) {
    const share = random.between(0.2, 0.34);
    rings.push(ringOf(profile, spreadAngles(16, random), share).reverse());
  }
  const area = rings.reduce((sum, ring) => sum + signedAreaOf(ring), 0);
  const scale = Math.sqrt(areaSquareKilometers / area);
  return rings.map((ring) => ring.map(([x, y]): Point => [x * scale, y * scale]));
}

/** Whether the outlines keep at least `gap` kilometres from each other. */
function areApart(one: Ring, other: Ring, gap: number): boolean {
  const a = boundsOf(one);
  const b = boundsOf(other);
  if (a.minX > b.maxX + gap || b.minX > a.maxX + gap || a.minY > b.maxY + gap || b.minY > a.maxY + gap)
    return true;
  const near = (from: Ring, to: Ring): boolean =>
    from.some((point) => ringContains(to, point) || distanceToRing(point, to) < gap);
  if (near(one, other) || near(other, one)) return false;
  return !one.some((p, index) => {
    const q = one[(index + 1) % one.length] ?? p;
    return other.some((r, position) => segmentsMeet(p, q, r, other[(position + 1) % other.length] ?? r));
  });
}

const LEAST_GAP_KM = 0.006;

function shifted(polygon: PlanarPolygon, [dx, dy]: Point): PlanarPolygon {
  return polygon.map((ring) => ring.map(([x, y]): Point => [x + dx, y + dy]));
}

/** Patches of one site about its origin, one beside the other with a few metres between. */
export function layOutPatches(areas: readonly number[], random: Random): PlanarPolygon[] {
  const placed: PlanarPolygon[] = [];
  for (const area of areas) {
    const shape = shapePatch(area, random);
    if (placed.length === 0) {
      placed.push(shape);
      continue;
    }
    const heading = random.between(0, 2 * Math.PI);
    const gap = LEAST_GAP_KM + random.between(0, 0.05);
    let distance = Math.sqrt(areas[0] ?? area) * 0.4;
    let candidate = shape;
    // Moved outward step by step until it is clear.
    for (;;) {
      candidate = shifted(shape, [distance * Math.cos(heading), distance * Math.sin(heading)]);
      if (placed.every((other) => areApart(other[0] ?? [], candidate[0] ?? [], gap))) break;
      distance += 0.015;
    }
    placed.push(candidate);
  }
  return placed;
}

/** Distance from the origin of the farthest vertex. */
export function radiusOf(patches: readonly PlanarPolygon[]): number {
  return Math.max(
    ...patches.flatMap((polygon) => polygon.flatMap((ring) => ring.map(([x, y]) => Math.hypot(x, y)))),
  );
}
