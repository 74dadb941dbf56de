/** A raw shape → the multi-part shape a layer stores: of its type, whole, closed, rings in order, in degrees, as EWKB. */
import type { Bilingual, LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import type { Crs } from '../../geodata/domain/crs.ts';
import { shortEdgeArea } from '../../geodata/domain/short-edge-area.ts';
import { isSurelySimple } from '../../geodata/domain/surely-simple.ts';
import { convertLine } from './convert-line.ts';
import { linesEwkb, polygonsEwkb } from './flat-ewkb.ts';
import { type FlatLine, isEmpty, type RawShape } from './raw-shape.ts';

export type ShapeRules = {
  geometryType: LayerDefinition['table']['geometryType'];
  srid: number;
  crs: Crs;
  /** How the file's format wants outer rings; null: either way. */
  outerRings: 'clockwise' | 'counter-clockwise' | null;
};

export type MultiShape = {
  /** EWKB, little-endian, two-dimensional. */
  ewkb: Uint8Array;
  /** A polygon that needs no judging by the database. */
  isSurelyValid: boolean;
  /** On the ellipsoid, as stored; null: to be measured by the database. */
  areaSquareMeters: number | null;
  /** [minLng, minLat, maxLng, maxLat]. */
  extent: [number, number, number, number];
  /** What was put right, in words for the list of repairs. */
  repairs: Bilingual[];
  /** Some ring ran against the rule of the format. */
  hasTurnedRings: boolean;
};

/** What of a shape goes with its row. */
export function storedShape({ ewkb, isSurelyValid, areaSquareMeters }: MultiShape): {
  geometry: Uint8Array;
  isSurelyValid: boolean;
  areaSquareMeters: number | null;
} {
  return { geometry: ewkb, isSurelyValid, areaSquareMeters };
}

/** Longitudes and latitudes the tables accept (CHECK of the migrations). */
const china = { west: 73, south: 3, east: 136, north: 54 };

const typeWords = { MultiPolygon: { zh: '面', en: 'polygons' }, MultiLineString: { zh: '线', en: 'lines' } };

/** The shape, or why the row has to be rejected. Changes the coordinates of `raw`. */
export function toMultiShape(raw: RawShape, rules: ShapeRules): MultiShape | { problem: Bilingual } {
  if (isEmpty(raw)) return { problem: noShape };
  const isPolygon = rules.geometryType === 'MultiPolygon';
  if ((isPolygon ? raw.polygons : raw.lines).length === 0) {
    const kind = typeWords[rules.geometryType];
    return {
      problem: {
        zh: `图形类型是 ${raw.type},本图层只接受${kind.zh}`,
        en: `the shape is a ${raw.type}; this layer takes ${kind.en} only`,
      },
    };
  }
  const repairs = droppedParts(raw, isPolygon);
  if (isPolygon) {
    const torn = closeRings(raw.polygons, repairs);
    if (torn !== null) return { problem: torn };
    for (const rings of raw.polygons) largestFirst(rings);
  } else if (raw.lines.some((line) => line.length < 4)) {
    return {
      problem: {
        zh: '线只有 1 个点,请修正或删除该行',
        en: 'a line has one point only; mend it or delete the row',
      },
    };
  }
  const lines = isPolygon ? raw.polygons.flat() : raw.lines;
  const extent: MultiShape['extent'] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const line of lines) {
    const stray = convertLine(line, rules.crs, china, extent);
    if (stray !== null) return { problem: outOfRange(stray) };
  }
  if (!isPolygon)
    return {
      ewkb: linesEwkb(raw.lines, rules.srid),
      isSurelyValid: false,
      areaSquareMeters: null,
      extent,
      repairs,
      hasTurnedRings: false,
    };
  const { ewkb, turned } = polygonsEwkb(raw.polygons, rules.srid);
  const hasTurnedRings = rules.outerRings !== null && turned[rules.outerRings];
  return {
    ewkb,
    isSurelyValid: isSurelyValid(raw.polygons),
    areaSquareMeters: areaOf(raw.polygons),
    extent,
    repairs,
    hasTurnedRings,
  };
}

/** Holes and parts may lie wrong to each other: those shapes are left to the database. */
function isSurelyValid([first = [], ...others]: readonly (readonly FlatLine[])[]): boolean {
  const [ring, ...holes] = first;
  return ring !== undefined && holes.length === 0 && others.length === 0 && isSurelySimple(ring);
}

/** Far below the 0.01 m² that areas are stored by. */
const mostErrorSquareMeters = 0.001;

/** Of polygons in degrees; null where their edges are too long to measure here as exactly as the database does. */
function areaOf(polygons: readonly (readonly FlatLine[])[]): number | null {
  let [area, error] = [0, 0];
  for (const rings of polygons) {
    for (const [index, ring] of rings.entries()) {
      const { squareMeters, errorSquareMeters } = shortEdgeArea(ring);
      area += index === 0 ? squareMeters : -squareMeters;
      error += errorSquareMeters;
    }
  }
  return error > mostErrorSquareMeters ? null : Math.round(area * 100) / 100;
}

export const noShape: Bilingual = {
  zh: '没有图形(空几何),请补画或删除该行',
  en: 'it has no shape; draw it or delete the row',
};

/** Parts of another kind in a collection are left out, which changes no area. */
function droppedParts({ polygons, lines, points }: RawShape, isPolygon: boolean): Bilingual[] {
  const others = (isPolygon ? lines.length : polygons.length) + points.length;
  if (others === 0) return [];
  return [
    {
      zh: `集合图形中有 ${others} 个其他类型的部分,未保存`,
      en: `${others} parts of another type in the collection were left out`,
    },
  ];
}

/** Closes what is open; the reason where a ring has no area to enclose. */
function closeRings(polygons: FlatLine[][], repairs: Bilingual[]): Bilingual | null {
  let closed = 0;
  for (const rings of polygons) {
    for (const [index, ring] of rings.entries()) {
      const isClosed = ring[0] === ring.at(-2) && ring[1] === ring.at(-1);
      const whole = isClosed ? ring : closedRing(ring);
      if (!isClosed) closed += 1;
      rings[index] = whole;
      const count = whole.length / 2;
      if (count >= 4) continue;
      return {
        zh: `图形有只含 ${count} 个点的环(至少 4 个),请修正或删除该行`,
        en: `a ring of the shape has ${count} points only (4 at least); mend it or delete the row`,
      };
    }
  }
  if (closed > 0)
    repairs.push({ zh: `闭合了 ${closed} 个未闭合的环`, en: `${closed} open rings were closed` });
  return null;
}

/** Where every ring of a shapefile runs the wrong way GDAL takes the hole for the outer ring; no hole is larger than that. */
function largestFirst(rings: FlatLine[]): void {
  if (rings.length < 2) return;
  const areas = rings.map((ring) => Math.abs(doubleArea(ring)));
  const largest = areas.indexOf(Math.max(...areas));
  if (largest <= 0) return;
  rings.unshift(...rings.splice(largest, 1));
}

/** Twice the area in the file's units; the sign says the direction. Relative to the first point, to keep digits. */
function doubleArea(ring: FlatLine): number {
  const [x0 = 0, y0 = 0] = ring;
  let sum = 0;
  for (let at = 0; at + 3 < ring.length; at += 2) {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = ring.subarray(at, at + 4);
    sum += (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0);
  }
  return sum;
}

function closedRing(ring: FlatLine): FlatLine {
  const closed = new Float64Array(ring.length + 2);
  closed.set(ring);
  closed.set(ring.subarray(0, 2), ring.length);
  return closed;
}

function outOfRange([x, y]: readonly [number, number]): Bilingual {
  const where = [x, y].map((value) => Number(value.toFixed(6))).join(', ');
  return { zh: `坐标 ${where} 不在可用范围内`, en: `the coordinate ${where} is out of range` };
}
