/** The polygons every bench draws from: the same in every run and on every machine. */
import { seededRandom } from '../engines/random.ts';

export const polygonCount = 20_000;

/** West, south, east, north of all polygons in degrees. */
export const polygonsExtent = [113.95, 24.5, 116.55, 27.1] as const;

export type BenchPolygon = {
  code: string;
  name: string;
  type: string;
  county: string;
  /** Closed ring, lng/lat in EPSG:4490, seven decimals as surveys deliver them. */
  ring: [number, number][];
};

const types = ['水源涵养', '生物多样性维护', '水土保持'] as const;
const counties = ['360702', '360703', '360704', '360722', '360723', '360732', '360781', '360783'] as const;

/** 20 000 star-shaped polygons of 73 to 121 vertices, 97 on average, in cells of a grid over the extent. */
export function* benchPolygons(): Generator<BenchPolygon> {
  const random = seededRandom(97);
  const [west, south, east, north] = polygonsExtent;
  const columns = 160;
  const rows = polygonCount / columns;
  const width = (east - west) / columns;
  const height = (north - south) / rows;
  for (let index = 0; index < polygonCount; index += 1) {
    const column = index % columns;
    const row = Math.floor(index / columns);
    const centre = [
      west + (column + 0.5 + 0.1 * (random() - 0.5)) * width,
      south + (row + 0.5 + 0.1 * (random() - 0.5)) * height,
    ];
    const corners = 72 + Math.floor(random() * 49);
    const ring = Array.from({ length: corners }, (_, corner): [number, number] => {
      const angle = ((corner + 0.5 * random()) / corners) * 2 * Math.PI;
      const radius = 0.3 + 0.15 * random();
      return [
        round((centre[0] ?? 0) + radius * width * Math.cos(angle)),
        round((centre[1] ?? 0) + radius * height * Math.sin(angle)),
      ];
    });
    yield {
      code: `HX36070${String(index).padStart(6, '0')}`,
      name: `测速斑块${index}`,
      type: types[index % types.length] ?? '',
      county: counties[index % counties.length] ?? '',
      ring: [...ring, ring[0] ?? [0, 0]],
    };
  }
}

function round(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7;
}
