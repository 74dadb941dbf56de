/**
 * Wetland parks and protected areas: the region's named places, each with an invented outline of its published
 * area (or a plausible one) inside its county and clear of the others.
 */
import type { FeatureInput, FieldValue } from '../domain/feature-input.ts';
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

/** Distance to a winding axis and how far along it, for growing along water. */
function alongCourse(line: readonly Point[], point: Point): { aside: number; along: number } {
  let best = { aside: Number.POSITIVE_INFINITY, along: 0 };
  let travelled = 0;
  for (let index = 1; index < line.length; index += 1) {
    const a = line[index - 1];
    const b = line[index];
    if (a === undefined || b === undefined) continue;
    const dx = b[0] - a[0];
    const dy = b[1] - a[1];
    const length = Math.hypot(dx, dy) || 1e-9;
    const share = Math.min(
      1,
      Math.max(0, ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / (length * length)),
    );
    const aside = Math.hypot(point[0] - a[0] - share * dx, point[1] - a[1] - share * dy);
    if (aside < best.aside) best = { aside, along: travelled + share * length };
    travelled += length;
  }
  return best;
}

/** Where a wetland park grows: a middle on the water and the water's line through it. */
type Water = { middle: Point; axis: Point[] };

/** The river nearest the stated centre where one is near enough, or an invented winding water through the centre. */
function findWater(
  centre: Point,
  courses: readonly Course[],
  farthest: number,
  reach: number,
  seed: number,
): Water {
  const distanceTo = ([x, y]: Point): number => Math.hypot(x - centre[0], y - centre[1]);
  let middle: Point = [Number.POSITIVE_INFINITY, 0];
  let nearest: readonly Point[] = [];
  for (const { line } of courses) {
    for (const point of line) {
      if (distanceTo(point) < distanceTo(middle)) {
        middle = point;
        nearest = line;
      }
    }
  }
  if (distanceTo(middle) <= farthest) {
    const from = nearest.findIndex(([x, y]) => Math.hypot(x - middle[0], y - middle[1]) < reach * 1.5);
    const to = nearest.findLastIndex(([x, y]) => Math.hypot(x - middle[0], y - middle[1]) < reach * 1.5);
    const stride = Math.max(1, Math.floor((to - from) / 40));
    return { middle, axis: nearest.slice(from, to + 1).filter((_, index) => index % stride === 0) };
  }
  const heading = ((seed % 360) * Math.PI) / 180;
  const axis = Array.from({ length: 41 }, (_, index): Point => {
    const along = ((index - 20) / 20) * reach;
    const aside = reach * 0.1 * Math.sin((along / reach) * 6);
    return [
      centre[0] + along * Math.cos(heading) - aside * Math.sin(heading),
      centre[1] + along * Math.sin(heading) + aside * Math.cos(heading),
    ];
  });
  return { middle: centre, axis };
}

/** How much harder it is to grow aside of the water than along it. */
const WETLAND_SLENDERNESS = 5.5;

function wetlandEffort(centre: Point, axis: readonly Point[], noise: Noise): (point: Point) => number {
  const middle = alongCourse(axis, centre).along;
  return (point) => {
    const { aside, along } = alongCourse(axis, point);
    const lobes = Math.exp(1.7 * noise(point[0], point[1]));
    return ((aside * WETLAND_SLENDERNESS * lobes) ** 4 + (along - middle) ** 4) ** 0.25;
  };
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

const levelWords = { national: '国家级', provincial: '省级', county: '市县级' } as const;
const kindWords = {
  nature_reserve: '自然保护区',
  forest_park: '森林公园',
  scenic_area: '风景名胜区',
} as const;

function noteOf(place: Place): string {
  const parts = [place.note];
  if (!place.nameChecked) parts.push('名称或级别未经公开资料核实');
  if (place.note.includes('跨')) parts.push('示意范围只绘于所在县内');
  parts.push('范围为合成示意,不代表实际界线');
  return parts.filter((part) => part !== '').join(';');
}

/** A figure stated in a place's note, such as 湿地2362.45ha or 湿地率66.05%. */
function notedFigure(note: string, pattern: RegExp): number | null {
  const match = pattern.exec(note)?.[1];
  return match === undefined ? null : Number(match);
}

function notedState(note: string): FieldValue {
  if (note.includes('试点')) return '试点';
  return note.includes('验收') ? '正式' : null;
}

export function conservationFeatures(
  areas: readonly ConservationArea[],
  terrain: Terrain,
): { wetlandParks: FeatureInput[]; protectedAreas: FeatureInput[] } {
  const wetlandParks: FeatureInput[] = [];
  const protectedAreas: FeatureInput[] = [];
  for (const place of terrain.region.places) {
    const area = areas.find((candidate) => candidate.place === place);
    if (area === undefined) continue;
    const positions = area.ring.map((point) => terrain.plane.toLngLat(point));
    const geometry: FeatureInput['geometry'] = {
      type: 'MultiPolygon',
      coordinates: [[[...positions, ...positions.slice(0, 1)]]],
    };
    const shared = {
      name: place.name,
      level: place.level === null ? null : levelWords[place.level],
      county_adcode: place.adcode,
      published_area_m2: place.areaHa === null ? null : Math.round(place.areaHa * 10_000),
      note: noteOf(place),
    };
    if (place.kind === 'wetland_park') {
      const wetlandHa = notedFigure(place.note, /湿地([\d.]+)ha/);
      wetlandParks.push({
        code: `SDGY-${place.id}`,
        geometry,
        properties: {
          ...shared,
          park_state: notedState(place.note),
          wetland_area_m2: wetlandHa === null ? null : Math.round(wetlandHa * 10_000),
          wetland_rate_percent: notedFigure(place.note, /湿地率([\d.]+)%/),
        },
      });
    } else if (place.kind !== 'mine_project') {
      protectedAreas.push({
        code: `BHD-${place.id}`,
        geometry,
        properties: { ...shared, kind: kindWords[place.kind] },
      });
    }
  }
  return { wetlandParks, protectedAreas };
}
