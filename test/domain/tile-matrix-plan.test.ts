/** Which source tiles and pixels an output tile is made of, against places computed the other way round. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tileExtent3857, tileExtentDegrees } from '../../geodata/domain/tile.ts';
import {
  type TileMatrixSet,
  tiandituC,
  webMercatorQuad,
  worldCrs84Quad,
  zoomOfMatrix,
} from '../../geodata/domain/tile-matrix.ts';
import { planTile, type TilePlan } from '../../geodata/domain/tile-matrix-plan.ts';

/** The usual cache of an ArcGIS server in 4490: 96 dpi, counted from 400° W 400° N. */
const arcgis4490: TileMatrixSet = {
  crs: 'EPSG:4490',
  origin: [-400, 400],
  tileSize: 256,
  matrices: [5, 6, 7, 8, 9, 10, 11, 12].map((level) => ({
    id: String(level),
    resolution: 1.4078260157100582 / 2 ** level,
  })),
};

/** The tile of zoom `z` that holds 115.34° E 26.33° N: Ganzhou. */
const ganzhou = (z: number) => tileAt(z, 115.34, 26.33);

function tileAt(z: number, lng: number, lat: number) {
  const side = 2 ** z;
  const y = (1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2;
  return { z, x: Math.floor(((lng + 180) / 360) * side), y: Math.floor(y * side) };
}

function plan(set: TileMatrixSet, tile: { z: number; x: number; y: number }): TilePlan {
  const found = planTile(set, tile);
  if (found === null) throw new Error('no plan');
  return found;
}

/** The place a row or column takes its colour from: the weighted mean of its source pixels. */
function meanOf({ first, weights }: { first: number; weights: number[] }): number {
  return weights.reduce((sum, weight, index) => sum + weight * (first + index + 0.5), 0);
}

describe('the plan of a tile', () => {
  it.each([0, 4, 9, 15, 18])('is the same tile of WebMercatorQuad at zoom %i', (z) => {
    const tile = ganzhou(z);
    expect(plan(webMercatorQuad(0, 18), tile)).toMatchObject({
      isExact: true,
      matrix: { id: String(z) },
      firstColumn: tile.x,
      lastColumn: tile.x,
      firstRow: tile.y,
      lastRow: tile.y,
    });
  });

  it.each([
    ['天地图 c', tiandituC(18), 10, '10'],
    ['WorldCRS84Quad', worldCrs84Quad(18), 10, '9'],
    ['an ArcGIS cache', arcgis4490, 10, '10'],
  ])('takes from %s the level meant for the zoom, so that lettering keeps its size', (_name, set, z, id) => {
    expect(plan(set, ganzhou(z)).matrix.id).toBe(id);
  });

  it('takes a finer level where a degree of latitude is stretched by more than √2', () => {
    expect(plan(tiandituC(18), tileAt(10, 115, 44)).matrix.id).toBe('10');
    expect(plan(tiandituC(18), tileAt(10, 115, 47)).matrix.id).toBe('11');
  });

  it('takes the finest level there is beyond it', () => {
    expect(plan(tiandituC(12), ganzhou(15)).matrix.id).toBe('12');
  });

  it('needs one column and at most two rows of 天地图 c, never a neighbour for rounding noise', () => {
    fc.assert(
      fc.property(fc.integer({ min: 7, max: 18 }), fc.double({ min: 0, max: 1, noNaN: true }), (z, share) => {
        const found = plan(tiandituC(18), tileAt(z, 73 + share * 62, 18 + share * 24));
        expect(found.firstColumn).toBe(found.lastColumn);
        expect(found.lastRow - found.firstRow).toBeLessThanOrEqual(1);
      }),
    );
  });

  it.each([
    ['天地图 c', tiandituC(18)],
    ['WorldCRS84Quad', worldCrs84Quad(18)],
    ['an ArcGIS cache', arcgis4490],
  ])('takes every pixel from where it lies: %s', (_name, set) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 6, max: 12 }),
        fc.double({ min: -170, max: 170, noNaN: true }),
        fc.double({ min: -80, max: 80, noNaN: true }),
        fc.integer({ min: 0, max: 255 }),
        (z, lng, lat, index) => {
          const tile = tileAt(z, lng, lat);
          const found = plan(set, tile);
          const { resolution } = found.matrix;
          const [minX, , maxX] = tileExtent3857(tile);
          const pixelMeters = (maxX - minX) / 256;
          const [, south, , north] = tileExtentDegrees({
            z: z + 8,
            x: tile.x * 256 + index,
            y: tile.y * 256 + index,
          });
          const column = meanOf(found.columns[index] ?? { first: 0, weights: [] });
          const row = meanOf(found.rows[index] ?? { first: 0, weights: [] });
          const lngTaken = set.origin[0] + (found.firstColumn * set.tileSize + column) * resolution;
          const latTaken = set.origin[1] - (found.firstRow * set.tileSize + row) * resolution;
          const lngMeant = ((minX + (index + 0.5) * pixelMeters) / 20037508.342789244) * 180;
          const pixelDegrees = 360 / 256 / 2 ** z;
          expect(Math.abs(lngTaken - lngMeant)).toBeLessThan(pixelDegrees * 0.02);
          // Between the edges of the output pixel, and near its middle.
          expect(latTaken).toBeGreaterThan(south);
          expect(latTaken).toBeLessThan(north);
          expect(Math.abs(latTaken - (south + north) / 2)).toBeLessThan((north - south) * 0.1);
        },
      ),
    );
  });

  it('gives weights that add up to 1 for every row and column', () => {
    for (const z of [6, 9, 12]) {
      const { rows, columns } = plan(arcgis4490, ganzhou(z));
      for (const { weights } of [...rows, ...columns]) {
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
      }
    }
  });

  it('reaches the poles without leaving the grid of 天地图 c', () => {
    const top = plan(tiandituC(18), { z: 3, x: 0, y: 0 });
    const bottom = plan(tiandituC(18), { z: 3, x: 7, y: 7 });
    expect(top.firstRow).toBe(0);
    const rowsOfLevel = 2 ** (Number(bottom.matrix.id) - 1);
    expect(bottom.lastRow).toBeLessThan(rowsOfLevel);
    expect(bottom.lastColumn).toBeLessThan(2 ** Number(bottom.matrix.id));
  });
});

describe('the zoom of a level', () => {
  it('is its number for 天地图 and WebMercatorQuad, and one more for WorldCRS84Quad', () => {
    expect(tiandituC(18).matrices.map((matrix) => zoomOfMatrix('EPSG:4490', matrix))[4]).toBeCloseTo(5, 12);
    expect(webMercatorQuad(0, 18).matrices.map((matrix) => zoomOfMatrix('EPSG:3857', matrix))[5]).toBeCloseTo(
      5,
      12,
    );
    expect(worldCrs84Quad(18).matrices.map((matrix) => zoomOfMatrix('EPSG:4490', matrix))[4]).toBeCloseTo(
      5,
      12,
    );
  });
});
