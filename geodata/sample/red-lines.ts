/**
 * Ecological red lines: all traced as level lines of one field, so that no two overlap. The field is high on
 * the rims and ridges and in every reserve and forest park, cut by valleys, and negative along county lines.
 */
import type { FeatureInput } from '../domain/feature-input.ts';
import type { ConservationArea } from './conservation-areas.ts';
import { assemblePolygons, createGrid, type Grid, type Shape, traceRings } from './contour.ts';
import { createFractalNoise } from './noise.ts';
import { boundsHold, distanceToRing, type PlanarPolygon, type Point, ringContains } from './plane.ts';
import type { Terrain } from './terrain.ts';

export type RedLine = { polygon: PlanarPolygon; areaSquareKilometers: number; countyIndex: number };

/** Share of the territory the red lines take; the published share is not known to the sample. */
const WANTED_SHARE = 0.28;
/** Nodes a side of the field's grid. */
const NODES_ACROSS = 560;
/** Distance kept from county lines, in grid steps; more than half a step keeps counties apart. */
const BORDER_STEPS = 0.75;
/** Width of the seam kept round every held area, in grid steps; more than one step keeps it covered. */
const HELD_STEPS = 1.5;

/** Index of the county of each node (−1 outside), by scan lines. */
function countyOfNodes(grid: Grid, terrain: Terrain): Int16Array {
  const owners = new Int16Array(grid.columns * grid.rows).fill(-1);
  terrain.counties.forEach((land, countyIndex) => {
    for (let row = 0; row < grid.rows; row += 1) {
      const y = grid.minY + row * grid.step;
      if (y < land.bounds.minY || y > land.bounds.maxY) continue;
      const crossings: number[] = [];
      for (const ring of land.rings) {
        let previous = ring[ring.length - 1] ?? [0, 0];
        for (const vertex of ring) {
          if (vertex[1] > y !== previous[1] > y) {
            crossings.push(
              previous[0] + ((y - previous[1]) * (vertex[0] - previous[0])) / (vertex[1] - previous[1]),
            );
          }
          previous = vertex;
        }
      }
      crossings.sort((one, other) => one - other);
      for (let pair = 0; pair + 1 < crossings.length; pair += 2) {
        const from = Math.ceil(((crossings[pair] ?? 0) - grid.minX) / grid.step);
        const to = Math.floor(((crossings[pair + 1] ?? 0) - grid.minX) / grid.step);
        for (let column = from; column <= to; column += 1) owners[row * grid.columns + column] = countyIndex;
      }
    }
  });
  return owners;
}

/** Kilometres a node lies inside the nearest held area, negative outside, −reach from there on. */
function depthOfNodes(grid: Grid, held: readonly ConservationArea[], reach: number): Float64Array {
  const depths = new Float64Array(grid.columns * grid.rows).fill(-reach);
  for (const area of held) {
    const nodeAt = (value: number, origin: number): number => Math.round((value - origin) / grid.step);
    const fromRow = Math.max(0, nodeAt(area.bounds.minY - reach, grid.minY));
    const toRow = Math.min(grid.rows - 1, nodeAt(area.bounds.maxY + reach, grid.minY));
    const fromColumn = Math.max(0, nodeAt(area.bounds.minX - reach, grid.minX));
    const toColumn = Math.min(grid.columns - 1, nodeAt(area.bounds.maxX + reach, grid.minX));
    for (let row = fromRow; row <= toRow; row += 1) {
      for (let column = fromColumn; column <= toColumn; column += 1) {
        const point: Point = [grid.minX + column * grid.step, grid.minY + row * grid.step];
        const distance = distanceToRing(point, area.ring);
        const node = row * grid.columns + column;
        depths[node] = Math.max(
          depths[node] ?? -reach,
          boundsHold(area.bounds, point, 0) && ringContains(area.ring, point) ? distance : -distance,
        );
      }
    }
  }
  return depths;
}

/** The value that leaves this share of the numbers above it. */
function quantileFromTop(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.min(sorted.length - 1, Math.floor(sorted.length * (1 - share))))] ?? 0;
}

/** The largest `redLineCount` shapes of the field, those that hold an area always among them; largest first. */
export function traceRedLines(terrain: Terrain, held: readonly ConservationArea[]): RedLine[] {
  const { region, sizeKilometers } = terrain;
  const wantedCount = region.sample.redLineCount;
  if (wantedCount === 0) return [];
  const grid = createGrid(terrain.bounds, (sizeKilometers * 1.4) / NODES_ACROSS);
  const owners = countyOfNodes(grid, terrain);
  const seed = region.sample.seed;
  const spacing = Math.sqrt(terrain.areaSquareKilometers / wantedCount);
  const detail = createFractalNoise(seed ^ 0x1111, spacing * 0.5, 3);
  const valleys = createFractalNoise(seed ^ 0x2222, spacing * 1.7, 2);
  const slope = sizeKilometers / 35;
  const depths = depthOfNodes(grid, held, slope);
  const hills = new Float64Array(owners.length);
  const cuts = new Float64Array(owners.length);
  const borders = new Float64Array(owners.length).fill(-1);
  const inside: number[] = [];
  for (let node = 0; node < owners.length; node += 1) {
    if ((owners[node] ?? -1) < 0) continue;
    const x = grid.minX + (node % grid.columns) * grid.step;
    const y = grid.minY + Math.floor(node / grid.columns) * grid.step;
    const nearHeld = 1 + Math.min(0, depths[node] ?? 0) / slope;
    hills[node] = terrain.hilliness([x, y]) + 1.2 * detail(x, y) + 1.1 * nearHeld;
    cuts[node] = Math.abs(valleys(x, y));
    borders[node] = terrain.borderDistance([x, y]) / grid.step - BORDER_STEPS;
    inside.push(hills[node] ?? 0);
  }
  const values = new Float64Array(owners.length);
  const leastShape = grid.step * grid.step * 0.6;
  const leastHole = leastShape * 25;
  let best: Shape[] = [];
  let share = WANTED_SHARE * 1.12;
  let valleyWidth = 0.03;
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const threshold = quantileFromTop(inside, share);
    for (let node = 0; node < values.length; node += 1) {
      const hill = Math.min(((hills[node] ?? 0) - threshold) * 3, ((cuts[node] ?? 0) - valleyWidth) * 12);
      values[node] = Math.min(
        borders[node] ?? -1,
        Math.max(hill, (depths[node] ?? -1) / grid.step + HELD_STEPS),
      );
    }
    const shapes = assemblePolygons(traceRings(grid, values), leastShape, leastHole);
    const holders = shapes.filter(({ polygon }) => holdsAny(polygon, held));
    const others = shapes.filter(({ polygon }) => !holdsAny(polygon, held));
    best = [...holders, ...others].slice(0, wantedCount);
    const taken = best.reduce((sum, { area }) => sum + area, 0) / terrain.areaSquareKilometers;
    const enough = shapes.length >= wantedCount;
    if (enough && Math.abs(taken / WANTED_SHARE - 1) < 0.06) break;
    if (!enough) valleyWidth += 0.012;
    share = Math.min(0.7, share * Math.min(1.3, Math.max(0.75, WANTED_SHARE / taken)));
  }
  return best
    .sort((one, other) => other.area - one.area)
    .map(({ polygon, area }) => ({
      polygon,
      areaSquareKilometers: area,
      countyIndex: terrain.countyAt(polygon[0]?.[0] ?? [0, 0]),
    }));
}

function holdsAny(polygon: PlanarPolygon, held: readonly ConservationArea[]): boolean {
  const outer = polygon[0];
  return (
    outer !== undefined && held.some(({ ring }) => ring[0] !== undefined && ringContains(outer, ring[0]))
  );
}

const typeCodes = { 水源涵养: 'SY', 生物多样性维护: 'SW', 水土保持: 'ST' } as const;
type RedLineType = keyof typeof typeCodes;

export function redLineFeatures(
  redLines: readonly RedLine[],
  held: readonly ConservationArea[],
  terrain: Terrain,
): FeatureInput[] {
  const tendency = createFractalNoise(terrain.region.sample.seed ^ 0x3333, terrain.sizeKilometers / 5, 2);
  const counters = new Map<string, number>();
  return redLines.map(({ polygon, countyIndex }) => {
    const county = terrain.counties[countyIndex]?.county;
    const adcode = county?.adcode ?? terrain.region.adcode;
    const probe = polygon[0]?.[0] ?? [0, 0];
    const lean = terrain.hilliness(probe) + 1.6 * tendency(probe[0], probe[1]);
    const type: RedLineType = holdsAny(polygon, held)
      ? '生物多样性维护'
      : lean > 0.62
        ? '水源涵养'
        : '水土保持';
    const counter = (counters.get(adcode) ?? 0) + 1;
    counters.set(adcode, counter);
    const number = String(counter).padStart(3, '0');
    return {
      code: `STBHHX${adcode}${typeCodes[type]}${number}`,
      geometry: {
        type: 'MultiPolygon',
        coordinates: [
          polygon.map((ring) => {
            const positions = ring.map((point) => terrain.plane.toLngLat(point));
            return [...positions, ...positions.slice(0, 1)];
          }),
        ],
      },
      properties: {
        name: `${county?.name ?? ''}${type}生态保护红线${number}`,
        red_line_type: type,
        county_adcode: adcode,
        batch: '示意批次(2025)',
      },
    };
  });
}
