/**
 * Where the mine sites lie and how large their patches are: so many in each county, in clusters and scattered,
 * inside the county, clear of protected areas and of each other, and all together of exactly the base area.
 */
import type { Position } from 'geojson';
import { polygonAreaSquareMeters } from '../domain/geodesic.ts';
import type { ConservationArea } from './conservation-areas.ts';
import { drawAttributes, type MineAttributes } from './mine-attributes.ts';
import { layOutPatches, radiusOf } from './patch-shapes.ts';
import {
  boundsHold,
  distanceToRing,
  type PlanarPolygon,
  type Point,
  ringContains,
  signedAreaOf,
} from './plane.ts';
import { createRandom, type Random } from './random.ts';
import type { Terrain } from './terrain.ts';

export type PlacedMine = {
  countyIndex: number;
  centre: Point;
  attributes: MineAttributes;
  /** Name given by the region's plan; null: to be invented. */
  givenName: string | null;
  /** [lng, lat] polygons, closed rings. */
  patches: { polygon: Position[][]; areaSquareMeters: number }[];
};

type Draft = Omit<PlacedMine, 'patches'> & { shapes: PlanarPolygon[]; radius: number };

const EVEN_MIX = { 稀土: 1, 钨: 1, 萤石: 1, 石灰岩: 1, 建筑石料: 2, 砖瓦黏土: 2 };
/** Patches a site has, by weight. */
const PATCH_COUNTS = { 1: 30, 2: 35, 3: 22, 4: 13 };
const SIZE_SPREAD = 0.95;

/** Whole numbers in proportion to the weights that sum to the total, none below `least`. */
export function shareOut(total: number, weights: readonly number[], least: number): number[] {
  const sum = weights.reduce((one, other) => one + other, 0);
  const ideal = weights.map((weight) => (weight / sum) * (total - least * weights.length));
  const shares = ideal.map((value) => least + Math.floor(value));
  const rest = total - shares.reduce((one, other) => one + other, 0);
  const byRemainder = ideal
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .sort((one, other) => other.remainder - one.remainder || one.index - other.index);
  for (const { index } of byRemainder.slice(0, rest)) shares[index] = (shares[index] ?? 0) + 1;
  return shares;
}

function mineralMix(terrain: Terrain, countyIndex: number): Record<string, number> {
  const county = terrain.counties[countyIndex]?.county;
  return (county && terrain.region.sample.mineralWeights?.[county.adcode]) ?? EVEN_MIX;
}

function countyWeight(terrain: Terrain, countyIndex: number): number {
  const county = terrain.counties[countyIndex]?.county;
  const weights = county && terrain.region.sample.mineralWeights?.[county.adcode];
  if (weights === undefined) return (county?.areaKm2 ?? 0) / 100;
  return Object.values(weights).reduce((sum, weight) => sum + weight, 0);
}

/** Areas of the patches of a site in km², the main one first. */
function splitArea(area: number, count: number, random: Random): number[] {
  const shares = Array.from({ length: count }, (_, index) => (index === 0 ? 1 : random.between(0.15, 0.7)));
  const sum = shares.reduce((one, other) => one + other, 0);
  return shares.map((share) => (area * share) / sum);
}

/** Sizes like real ones: log-normal about the mean, cut at 1/24 and 11 times of it (0.1–26 ha for 2.36 ha). */
function drawArea(mean: number, random: Random): number {
  const area = mean * Math.exp(SIZE_SPREAD * random.normal() - SIZE_SPREAD ** 2 / 2);
  return Math.min(mean * 11, Math.max(mean / 22, area));
}

function placeInCounty(
  radius: number,
  countyIndex: number,
  clusters: readonly Point[],
  placed: readonly Draft[],
  areas: readonly ConservationArea[],
  terrain: Terrain,
  random: Random,
): Point {
  const land = terrain.counties[countyIndex];
  if (land === undefined) throw new Error(`no county ${countyIndex}`);
  const spacing = terrain.sizeKilometers * 0.0055;
  for (let attempt = 0; attempt < 4000; attempt += 1) {
    const strict = attempt < 400;
    const cluster = strict && random.chance(0.6) ? random.pick(clusters) : null;
    const spread = terrain.sizeKilometers * 0.022;
    const point: Point =
      cluster === null
        ? [
            random.between(land.bounds.minX, land.bounds.maxX),
            random.between(land.bounds.minY, land.bounds.maxY),
          ]
        : [cluster[0] + spread * random.normal(), cluster[1] + spread * random.normal()];
    if (!terrain.countyHolds(countyIndex, point)) continue;
    if (terrain.borderDistance(point) < radius + (strict ? 0.3 : 0.05)) continue;
    if (strict && cluster === null && terrain.hilliness(point) < random.between(-0.9, 0.2)) continue;
    const crowded = placed.some(({ centre, radius: other }) => {
      const distance = Math.hypot(centre[0] - point[0], centre[1] - point[1]);
      return distance < radius + other + 0.05 || (strict && distance < spacing);
    });
    if (crowded) continue;
    const inArea = areas.some(
      ({ bounds, ring }) =>
        boundsHold(bounds, point, radius + 0.1) &&
        (ringContains(ring, point) || distanceToRing(point, ring) < radius + 0.1),
    );
    if (!inArea) return point;
  }
  throw new Error(`no room for a mine in ${land.county.name}`);
}

/** Places of the region's plan that are mines themselves. */
function givenMines(terrain: Terrain): { countyIndex: number; name: string; centre: Point }[] {
  return terrain.region.places
    .filter(({ kind }) => kind === 'mine_project')
    .map((place) => ({
      countyIndex: terrain.counties.findIndex(({ county }) => county.adcode === place.adcode),
      name: place.name,
      centre: terrain.plane.toPlane(place.center),
    }));
}

function clustersOf(count: number, countyIndex: number, terrain: Terrain, random: Random): Point[] {
  const land = terrain.counties[countyIndex];
  if (land === undefined) return [];
  const clusters: Point[] = [];
  for (let attempt = 0; clusters.length < count; attempt += 1) {
    const point: Point = [
      random.between(land.bounds.minX, land.bounds.maxX),
      random.between(land.bounds.minY, land.bounds.maxY),
    ];
    const good = terrain.countyHolds(countyIndex, point) && terrain.hilliness(point) > -0.2;
    if (good || attempt > 300) clusters.push(point);
  }
  return clusters;
}

/** As many mines as the campaign's base count, by county. Throws where a county has no room for its share. */
export function placeMines(terrain: Terrain, areas: readonly ConservationArea[]): PlacedMine[] {
  const { baseCount, baseAreaSquareMeters } = terrain.region.campaign;
  const random = createRandom(terrain.region.sample.seed, 'mine placement');
  const mean = baseAreaSquareMeters / baseCount / 1e6;
  const shares = shareOut(
    baseCount,
    terrain.counties.map((_, countyIndex) => countyWeight(terrain, countyIndex)),
    baseCount >= terrain.counties.length ? 1 : 0,
  );
  const given = givenMines(terrain);
  const drafts: Draft[] = [];
  const draft = (countyIndex: number, mineral: string, area: number, patchCount: number): Draft => {
    const attributes = drawAttributes(mineral, patchCount, random);
    const shapes = layOutPatches(splitArea(area, patchCount, random), random);
    return {
      countyIndex,
      centre: [0, 0],
      attributes,
      givenName: null,
      shapes,
      radius: radiusOf(shapes) * 1.04,
    };
  };
  for (const [countyIndex, share] of shares.entries()) {
    const named = given.filter((mine) => mine.countyIndex === countyIndex).slice(0, share);
    for (const { name, centre } of named) {
      const mineral = Object.keys(mineralMix(terrain, countyIndex)).find((word) => name.includes(word));
      const mine = draft(countyIndex, mineral ?? '钨', mean * 10, 4);
      const site = { ...mine, givenName: name };
      const near = [centre];
      drafts.push({
        ...site,
        centre: placeInCounty(mine.radius, countyIndex, near, drafts, areas, terrain, random),
      });
    }
    const clusters = clustersOf(Math.ceil(share / 8), countyIndex, terrain, random);
    for (let index = named.length; index < share; index += 1) {
      const mineral = random.weighted(mineralMix(terrain, countyIndex));
      const area = drawArea(mean, random);
      const mine = draft(countyIndex, mineral, area, Number(random.weighted(PATCH_COUNTS)));
      const centre = placeInCounty(mine.radius, countyIndex, clusters, drafts, areas, terrain, random);
      drafts.push({ ...mine, centre });
    }
  }
  return fitToBase(drafts, terrain);
}

/** Geodesic square metres of a square kilometre of the plane at this place. */
function planeScale(centre: Point, terrain: Terrain): number {
  const half = 0.5;
  const square: Point[] = [
    [centre[0] - half, centre[1] - half],
    [centre[0] + half, centre[1] - half],
    [centre[0] + half, centre[1] + half],
    [centre[0] - half, centre[1] + half],
  ];
  return polygonAreaSquareMeters([square.map((point) => terrain.plane.toLngLat(point))]);
}

function toDegrees(shape: PlanarPolygon, centre: Point, factor: number, terrain: Terrain): Position[][] {
  return shape.map((ring) => {
    const positions = ring.map(([x, y]) =>
      terrain.plane.toLngLat([centre[0] + x * factor, centre[1] + y * factor]),
    );
    return [...positions, ...positions.slice(0, 1)];
  });
}

/**
 * Scales every site about its middle so that all patches together have the base area, then the largest site alone
 * by what rounding to 8 decimals left over.
 */
function fitToBase(drafts: readonly Draft[], terrain: Terrain): PlacedMine[] {
  const base = terrain.region.campaign.baseAreaSquareMeters;
  const planar = drafts.reduce(
    (sum, { shapes, centre }) => sum + planarArea(shapes) * planeScale(centre, terrain),
    0,
  );
  const factor = Math.sqrt(base / planar);
  const mines = drafts.map((draft) => measure(draft, factor, terrain));
  const areaOf = (mine: PlacedMine): number =>
    mine.patches.reduce((sum, patch) => sum + patch.areaSquareMeters, 0);
  const largest = mines.reduce(
    (best, mine, index) => (areaOf(mine) > areaOf(mines[best] ?? mine) ? index : best),
    0,
  );
  const draft = drafts[largest];
  const before = mines[largest];
  if (draft === undefined || before === undefined) return mines;
  const rest = base - mines.reduce((sum, mine, index) => sum + (index === largest ? 0 : areaOf(mine)), 0);
  mines[largest] = measure(draft, factor * Math.sqrt(rest / areaOf(before)), terrain);
  return mines;
}

function planarArea(shapes: readonly PlanarPolygon[]): number {
  let sum = 0;
  for (const shape of shapes) for (const ring of shape) sum += signedAreaOf(ring);
  return sum;
}

function measure({ shapes, radius, ...mine }: Draft, factor: number, terrain: Terrain): PlacedMine {
  const patches = shapes.map((shape) => {
    const polygon = toDegrees(shape, mine.centre, factor, terrain);
    return { polygon, areaSquareMeters: polygonAreaSquareMeters(polygon) };
  });
  return { ...mine, patches };
}
