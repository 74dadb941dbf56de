/**
 * Wetland parks and protected areas: the region's named places, each with an invented outline of its published
 * area (or a plausible one) inside its county and clear of the others.
 */
import { polygonAreaSquareMeters } from '../domain/geodesic.ts';
import type { Place } from '../reference/region-schema.ts';
import { growArea } from './grow-area.ts';
import { createFractalNoise, type Noise } from './noise.ts';
import {
  type Bounds,
  boundsHold,
  boundsOf,
  distanceToRing,
  type Point,
  type Ring,
  ringContains,
} from './plane.ts';
import { createRandom, hashText } from './random.ts';
import type { Course } from './rivers.ts';
import type { Terrain } from './terrain.ts';
import { findWater, wetlandEffort } from './wetland-water.ts';

export type ConservationArea = {
  place: Place;
  ring: Ring;
  bounds: Bounds;
  centre: Point;
  areaSquareKilometers: number;
};

const MARGIN_KM = 1.6;
/** Assumed where a place states no accuracy. */
const DEFAULT_ACCURACY_METERS = 5000;

/** Sketch sizes in km² where no area is published. */
const assumedAreas: Record<Place['kind'], Record<'national' | 'provincial' | 'county', number>> = {
  nature_reserve: { national: 140, provincial: 62, county: 20 },
  wetland_park: { national: 17, provincial: 8, county: 4 },
  forest_park: { national: 58, provincial: 21, county: 8 },
  scenic_area: { national: 52, provincial: 25, county: 10 },
  mine_project: { national: 1, provincial: 1, county: 1 },
};

function targetArea(place: Place, terrain: Terrain): number {
  if (place.areaHa !== null) return place.areaHa / 100;
  const random = createRandom(terrain.region.sample.seed, `area ${place.id}`);
  const county = terrain.region.counties.find(({ adcode }) => adcode === place.adcode);
  const assumed = assumedAreas[place.kind][place.level ?? 'county'] * random.between(0.8, 1.25);
  return Math.min(assumed, (county?.areaKm2 ?? assumed) * 0.05);
}

function hillEffort(centre: Point, noise: Noise, seed: number): (point: Point) => number {
  const heading = ((seed % 180) * Math.PI) / 180;
  const stretch = 1.15 + (seed % 7) * 0.07;
  return (point) => {
    const dx = point[0] - centre[0];
    const dy = point[1] - centre[1];
    const along = dx * Math.cos(heading) + dy * Math.sin(heading);
    const aside = dy * Math.cos(heading) - dx * Math.sin(heading);
    const distance = Math.hypot(along / stretch, aside * stretch);
    return distance * Math.exp(0.9 * noise(point[0], point[1]));
  };
}

/** The free point nearest the stated centre, within its accuracy, that leaves room for the area. */
function freeCentre(
  stated: Point,
  accuracyKm: number,
  room: number,
  clearance: (point: Point) => number,
): Point {
  let best = stated;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (let ring = 0; ring <= 12; ring += 1) {
    const radius = (ring / 12) * accuracyKm;
    for (let step = 0; step < Math.max(1, ring * 4); step += 1) {
      const angle = (step / Math.max(1, ring * 4)) * 2 * Math.PI;
      const point: Point = [stated[0] + radius * Math.cos(angle), stated[1] + radius * Math.sin(angle)];
      const free = clearance(point);
      const score = Math.min(free, room) / room - 0.35 * (radius / accuracyKm);
      if (free > 0.1 && score > bestScore) {
        bestScore = score;
        best = point;
      }
    }
  }
  return best;
}

/** Places with water first, then those with a published area, then by accuracy: the surest stay where they are. */
function byCertainty(one: Place, other: Place): number {
  return (
    Number(other.kind === 'wetland_park') - Number(one.kind === 'wetland_park') ||
    Number(one.areaHa === null) - Number(other.areaHa === null) ||
    (one.accuracyMeters ?? DEFAULT_ACCURACY_METERS) - (other.accuracyMeters ?? DEFAULT_ACCURACY_METERS) ||
    (one.id < other.id ? -1 : 1)
  );
}

/** Outlines of every place but mine projects; a place whose county leaves it no room at all is left out. */
export function growConservationAreas(terrain: Terrain, courses: readonly Course[]): ConservationArea[] {
  const areas: ConservationArea[] = [];
  const places = terrain.region.places.filter(({ kind }) => kind !== 'mine_project').sort(byCertainty);
  const margin = Math.min(MARGIN_KM, terrain.borderReachKilometers * 0.45);
  for (const place of places) {
    const countyIndex = terrain.counties.findIndex(({ county }) => county.adcode === place.adcode);
    const target = targetArea(place, terrain);
    const side = Math.sqrt(target);
    const seed = hashText(place.id) ^ terrain.region.sample.seed;
    const clearance = (point: Point): number => {
      if (!terrain.countyHolds(countyIndex, point)) return -0.5;
      const inland = terrain.borderDistance(point);
      let free = inland >= terrain.borderReachKilometers ? side : inland - margin;
      for (const area of areas) {
        if (!boundsHold(area.bounds, point, margin + 2)) continue;
        const distance = distanceToRing(point, area.ring);
        free = Math.min(free, (ringContains(area.ring, point) ? -distance : distance) - margin / 2);
      }
      return free;
    };
    const wetland = place.kind === 'wetland_park';
    const accuracyKm = (place.accuracyMeters ?? DEFAULT_ACCURACY_METERS) / 1000;
    const stated = terrain.plane.toPlane(place.center);
    const reach = side * (wetland ? 2.4 : 1.5);
    const noise = createFractalNoise(seed, wetland ? side * 0.5 : side * 0.6, wetland ? 3 : 4);
    const water = wetland ? findWater(stated, courses, accuracyKm * 1.1, reach, seed) : null;
    const room = wetland ? side / 8 : side / 1.8;
    const centre = freeCentre(
      water?.middle ?? stated,
      water === null ? accuracyKm : side / 3,
      room,
      clearance,
    );
    const ring = growArea({
      centre,
      effort: water === null ? hillEffort(centre, noise, seed) : wetlandEffort(centre, water.axis, noise),
      clearance,
      areaSquareKilometers: target,
      reachKilometers: reach,
      stepKilometers: side / (wetland ? 24 : 30),
    });
    if (ring !== null) areas.push(fitToArea(place, ring, centre, target, terrain));
  }
  return areas;
}

/** The plane's areas are about 1 % off: scale about the centre so that the geodesic area is the target. */
function fitToArea(
  place: Place,
  ring: Ring,
  centre: Point,
  target: number,
  terrain: Terrain,
): ConservationArea {
  const measured = polygonAreaSquareMeters([ring.map((point) => terrain.plane.toLngLat(point))]) / 1e6;
  const wanted = Math.abs(measured / target - 1) < 0.1 ? target : measured;
  const factor = Math.sqrt(wanted / measured);
  const fitted = ring.map(
    ([x, y]): Point => [centre[0] + (x - centre[0]) * factor, centre[1] + (y - centre[1]) * factor],
  );
  return { place, ring: fitted, bounds: boundsOf(fitted), centre, areaSquareKilometers: wanted };
}
