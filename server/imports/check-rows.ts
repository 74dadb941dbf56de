/** Raw rows → features in CGCS2000 degrees, and every row that cannot become one with its number and reason. */

import { setImmediate as nextTurn } from 'node:timers/promises';
import { kinks } from '@turf/kinks';
import type { Geometry, MultiLineString, MultiPolygon, Position } from 'geojson';
import type { Bilingual, LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import { type Crs, toLngLat } from '../../geodata/domain/crs.ts';
import type { FeatureInput, FieldValue } from '../../geodata/domain/feature-input.ts';
import { requiredFieldsOf } from '../../geodata/domain/required-fields.ts';
import { hasCrossingEdges } from '../../geodata/domain/ring-crossing.ts';
import type { RowProblem } from './import-report.ts';
import { type FieldMapping, readValue } from './map-fields.ts';
import type { RawRow } from './read-rows.ts';

/** Longitudes and latitudes the tables accept (CHECK of the migrations). */
const china = { west: 73, south: 3, east: 136, north: 54 };

/** Turf looks at every pair of edges to tell where they cross: beyond this many vertices the database alone judges. */
const maxVerticesForKinks = 5_000;

export type CheckedRows = {
  features: FeatureInput[];
  rowByCode: Map<string, number>;
  problems: RowProblem[];
};

/** Rows checked before others get their turn: a server imports beside its readers. */
const rowsPerTurn = 200;

export async function checkRows(
  rows: readonly RawRow[],
  layer: LayerDefinition,
  mapping: FieldMapping,
  crs: Crs,
  formerAdcodes: ReadonlyMap<string, string>,
): Promise<CheckedRows> {
  const features: FeatureInput[] = [];
  const rowByCode = new Map<string, number>();
  const problems: RowProblem[] = [];
  for (const row of rows) {
    if (row.row % rowsPerTurn === 0) await nextTurn();
    const reasons: Bilingual[] = [];
    const properties = readProperties(row, mapping, formerAdcodes, reasons);
    const code = String(properties.code ?? properties.adcode ?? `${layer.id}-${row.row}`);
    const earlier = rowByCode.get(code);
    if (earlier !== undefined) {
      reasons.push({ zh: `编号与第 ${earlier} 行重复`, en: `the code repeats that of row ${earlier}` });
    }
    rowByCode.set(code, row.row);
    for (const name of requiredFieldsOf(layer.id)) {
      if ((properties[name] ?? null) === null) {
        const title = layer.fields.find((field) => field.name === name)?.title ?? { zh: name, en: name };
        reasons.push({ zh: `缺少${title.zh}`, en: `${title.en} is missing` });
      }
    }
    const geometry = readGeometry(row.geometry, layer, crs);
    if ('problem' in geometry) reasons.push(geometry.problem);
    if (reasons.length > 0 || 'problem' in geometry) {
      for (const reason of reasons) problems.push({ row: row.row, code, reason });
    } else {
      features.push({ code, geometry: geometry.shape, properties });
    }
  }
  return { features, rowByCode, problems };
}

function readProperties(
  row: RawRow,
  mapping: FieldMapping,
  formerAdcodes: ReadonlyMap<string, string>,
  reasons: Bilingual[],
): Record<string, FieldValue> {
  const properties: Record<string, FieldValue> = {};
  for (const [field, column] of mapping.columns) {
    const read = readValue(field, row.properties[column], formerAdcodes);
    if ('problem' in read) reasons.push(read.problem);
    else properties[field.name] = read.value;
  }
  if (row.isDamaged) {
    reasons.push({
      zh: '文字不能按所用编码读出,请用 --encoding 指定正确的编码',
      en: 'its text does not fit the encoding; give the right one with --encoding',
    });
  }
  return properties;
}

type ReadShape = { shape: MultiPolygon | MultiLineString } | { problem: Bilingual };

function readGeometry(geometry: Geometry | null, layer: LayerDefinition, crs: Crs): ReadShape {
  if (geometry === null || ('coordinates' in geometry && geometry.coordinates.length === 0)) {
    return {
      problem: { zh: '没有图形(空几何),请补画或删除该行', en: 'it has no shape; draw it or delete the row' },
    };
  }
  const wanted = layer.table.geometryType;
  const multi = toMulti(geometry);
  if (multi?.type !== wanted) {
    const kind = wanted === 'MultiPolygon' ? { zh: '面', en: 'polygons' } : { zh: '线', en: 'lines' };
    return {
      problem: {
        zh: `图形类型是 ${geometry.type},本图层只接受${kind.zh}`,
        en: `the shape is a ${geometry.type}; this layer takes ${kind.en} only`,
      },
    };
  }
  const torn = tornRing(multi);
  if (torn !== null) return { problem: torn };
  const outside: Position[] = [];
  const convert = (position: Position): Position => {
    const [x = Number.NaN, y = Number.NaN] = position;
    const [lng, lat] = toLngLat(crs, [x, y]);
    const isInside = lng >= china.west && lng <= china.east && lat >= china.south && lat <= china.north;
    if (!isInside && outside.length === 0) outside.push(position);
    return [lng, lat];
  };
  const shape = convertMulti(multi, convert);
  const [stray] = outside;
  if (stray !== undefined) {
    const where = stray.map((value) => Number(value.toFixed(6))).join(', ');
    return { problem: { zh: `坐标 ${where} 不在可用范围内`, en: `the coordinate ${where} is out of range` } };
  }
  return selfCrossing(shape) ?? { shape };
}

function toMulti(geometry: Geometry): MultiPolygon | MultiLineString | null {
  switch (geometry.type) {
    case 'Polygon':
      return { type: 'MultiPolygon', coordinates: [geometry.coordinates] };
    case 'LineString':
      return { type: 'MultiLineString', coordinates: [geometry.coordinates] };
    case 'MultiPolygon':
    case 'MultiLineString':
      return geometry;
    default:
      return null;
  }
}

function convertMulti(
  multi: MultiPolygon | MultiLineString,
  convert: (position: Position) => Position,
): MultiPolygon | MultiLineString {
  return multi.type === 'MultiPolygon'
    ? {
        type: 'MultiPolygon',
        coordinates: multi.coordinates.map((rings) => rings.map((ring) => ring.map(convert))),
      }
    : { type: 'MultiLineString', coordinates: multi.coordinates.map((line) => line.map(convert)) };
}

/** A ring that is not closed or has no area to enclose; null where every ring is whole. */
function tornRing(shape: MultiPolygon | MultiLineString): Bilingual | null {
  if (shape.type !== 'MultiPolygon') return null;
  for (const ring of shape.coordinates.flat()) {
    const [first, last] = [ring[0], ring.at(-1)];
    if (first?.[0] !== last?.[0] || first?.[1] !== last?.[1]) {
      return { zh: '图形有未闭合的环,请闭合后重新导出', en: 'a ring of the shape is not closed; close it' };
    }
    if (ring.length < 4) {
      return {
        zh: `图形有只含 ${ring.length} 个点的环(至少 4 个),请修正或删除该行`,
        en: `a ring of the shape has ${ring.length} points only (4 at least); mend it or delete the row`,
      };
    }
  }
  return null;
}

/** Where a ring crosses itself, which a polygon may not. */
function selfCrossing(shape: MultiPolygon | MultiLineString): { problem: Bilingual } | null {
  if (shape.type !== 'MultiPolygon') return null;
  for (const rings of shape.coordinates) {
    const vertices = rings.reduce((sum, ring) => sum + ring.length, 0);
    if (vertices > maxVerticesForKinks || !hasCrossingEdges(rings)) continue;
    const crossing = kinks({ type: 'Polygon', coordinates: rings }).features[0]?.geometry.coordinates;
    if (crossing !== undefined) return { problem: invalidShape(crossing[0] ?? null, crossing[1] ?? null) };
  }
  return null;
}

/** The words for a shape that is not valid at a place in degrees. */
export function invalidShape(lng: number | null, lat: number | null): Bilingual {
  const at = lng === null || lat === null ? null : `${lng.toFixed(6)}, ${lat.toFixed(6)}`;
  return {
    zh: `图形自相交或环不合法${at === null ? '' : `,位置约 ${at}`},请修正后重新导出`,
    en: `the shape crosses itself or has a wrong ring${at === null ? '' : ` near ${at}`}; mend it and export again`,
  };
}
