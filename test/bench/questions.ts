/** What is asked of the servers: boxes and tiles spread over the polygons, the same for all servers of a round. */
import { tileExtentDegrees } from '../../geodata/domain/tile.ts';
import { seededRandom } from '../engines/random.ts';
import { polygonsExtent } from './polygons.ts';

/** About 290 polygons of 97 vertices: some 650 kB of GeoJSON geometry. */
const boxSideDegrees = 0.3;

/** Boxes as 'west,south,east,north' in degrees, no two alike. */
export function boxes(seed: number): () => string {
  const random = seededRandom(seed);
  const [west, south, east, north] = polygonsExtent;
  return () => {
    const x = west + random() * (east - west - boxSideDegrees);
    const y = south + random() * (north - south - boxSideDegrees);
    return [x, y, x + boxSideDegrees, y + boxSideDegrees].map((edge) => edge.toFixed(6)).join(',');
  };
}

/** Paths '/z/y/x' of all tiles of a zoom that lie wholly within the polygons, in an order that is always the same. */
export function tilesWithin(z: number): string[] {
  const random = seededRandom(z);
  const side = 2 ** z;
  const [west, south, east, north] = polygonsExtent;
  const inside: string[] = [];
  for (let x = Math.floor(((west + 180) / 360) * side); x <= ((east + 180) / 360) * side; x += 1) {
    for (let y = 0; y < side; y += 1) {
      const [minX, minY, maxX, maxY] = tileExtentDegrees({ z, x, y });
      if (minX >= west && minY >= south && maxX <= east && maxY <= north) inside.push(`/${z}/${y}/${x}`);
    }
  }
  for (let index = inside.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1));
    [inside[index], inside[other]] = [inside[other] ?? '', inside[index] ?? ''];
  }
  return inside;
}

/** The tiles of a zoom one after another from the one at `start` on, around again after the last. */
export function tilePaths(z: number, start: number): () => string {
  const tiles = tilesWithin(z);
  let next = start;
  return () => tiles[next++ % tiles.length] ?? '';
}
