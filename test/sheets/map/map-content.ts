/** Contents of sheets made from plain features, without a database: positions in degrees are put on paper here. */
import type { Position } from 'geojson';
import { catalogue } from '../../../geodata/catalogue/index.ts';
import type { LayerDefinition } from '../../../geodata/catalogue/layer-definition.ts';
import { type SheetSpecInput, sheetSpecSchema } from '../../../geodata/contract/sheets.ts';
import { findCrs, fromLngLat } from '../../../geodata/domain/crs.ts';
import type { FeatureInput } from '../../../geodata/domain/feature-input.ts';
import { layoutFor } from '../../../geodata/domain/sheet-layout.ts';
import type { Orientation } from '../../../geodata/domain/sheet-paper.ts';
import type { PageMap } from '../../../server/sheets/page.ts';
import type { LayerContent, SheetContent, SheetFocus } from '../../../server/sheets/sheet-content.ts';
import { type PlainShape, writeTwkb } from './write-twkb.ts';

export type ContentOrder = {
  spec: SheetSpecInput;
  orientation?: Orientation;
  center: readonly [number, number];
  scale: number;
  srid?: number;
  focus?: SheetFocus;
  layers: {
    definition: LayerDefinition;
    features: readonly FeatureInput[];
    labels?: boolean;
    entries?: string[];
  }[];
  /** Outline of the focus in degrees. */
  focusOutline?: readonly Position[][][];
  site?: SheetContent['site'];
};

/** A layer of the catalogue; throws where it does not exist. */
export function layerNamed(id: string): LayerDefinition {
  const found = catalogue.find((definition) => definition.id === id);
  if (found === undefined) throw new Error(`no layer ${id}`);
  return found;
}

export function mapContent(order: ContentOrder): SheetContent {
  const spec = sheetSpecSchema.parse(order.spec);
  const srid = order.srid ?? 4547;
  const crs = findCrs(srid);
  if (crs === undefined) throw new Error(`no CRS ${srid}`);
  const orientation = order.orientation ?? 'landscape';
  const layout = layoutFor(spec.template, spec.paper, orientation);
  const metersPerMm = order.scale / 1000;
  const [east, north] = fromLngLat(crs, order.center);
  const { frame } = layout;
  const map: PageMap = {
    frame,
    srid,
    metersPerMm,
    minX: east - (frame.width / 2) * metersPerMm,
    maxY: north + (frame.height / 2) * metersPerMm,
  };
  const toUnits = ([lng = 0, lat = 0]: Position): [number, number] => {
    const [x, y] = fromLngLat(crs, [lng, lat]);
    return [((x - map.minX) / metersPerMm) * 100, ((map.maxY - y) / metersPerMm) * 100];
  };
  const clip = clipper(-600, -600, frame.width * 100 + 600, frame.height * 100 + 600);
  const polygonsOf = (polygons: readonly Position[][][]): PlainShape => {
    const clipped = polygons
      .map((rings) => rings.map((ring) => clip(ring.map(toUnits))).filter((ring) => ring.length > 3))
      .filter((rings) => rings.length > 0);
    return clipped.length === 0 ? { kind: 'empty' } : { kind: 'polygons', polygons: clipped };
  };
  return {
    plan: {
      spec,
      orientation,
      widthMm: layout.widthMm,
      heightMm: layout.heightMm,
      layout,
      scale: order.scale,
      map,
      crs: {
        srid,
        name: crs.name,
        centralMeridian: crs.centralMeridian,
        kind: crs.kind,
        zone: crs.kind === 'gauss-kruger-3' ? (crs.centralMeridian ?? 0) / 3 : null,
      },
      center: order.center,
      northDegrees: 0,
      focus: order.focus ?? { kind: 'extent' },
      layers: order.layers.map(({ definition, labels, entries }) => ({
        definition,
        entries: entries ?? null,
        labels: labels ?? true,
      })),
      notices: [],
    },
    regionName: { zh: '赣州市', en: 'Ganzhou' },
    bureau: { zh: '赣州市自然资源局', en: 'Ganzhou Bureau of Natural Resources' },
    layers: order.layers.map(({ definition, features }) =>
      layerContent(definition, features, toUnits, polygonsOf),
    ),
    focusShape: order.focusOutline === undefined ? null : writeTwkb([polygonsOf(order.focusOutline)]),
    inset: null,
    progress: null,
    site: order.site ?? null,
    basemap: null,
    dataAsOf: null,
    effectiveOn: null,
    hasSampleData: true,
    dataVersion: 'fixture',
    date: '2025-10-08',
    watermark: null,
    page: null,
  };
}

function layerContent(
  definition: LayerDefinition,
  features: readonly FeatureInput[],
  toUnits: (position: Position) => [number, number],
  polygonsOf: (polygons: readonly Position[][][]) => PlainShape,
): LayerContent {
  const axes: PlainShape[] = [];
  const shapes: PlainShape[] = [];
  const anchors: PlainShape[] = [];
  for (const { geometry, axis } of features) {
    axes.push(
      axis?.type === 'MultiLineString'
        ? { kind: 'lines', lines: axis.coordinates.map((line) => line.map(toUnits)) }
        : { kind: 'empty' },
    );
    if (geometry?.type === 'MultiPolygon') {
      shapes.push(polygonsOf(geometry.coordinates));
      anchors.push({ kind: 'point', point: toUnits(middleOf(geometry.coordinates[0]?.[0] ?? [])) });
    } else if (geometry?.type === 'MultiLineString') {
      shapes.push({ kind: 'lines', lines: geometry.coordinates.map((line) => line.map(toUnits)) });
      anchors.push({ kind: 'empty' });
    } else {
      shapes.push({ kind: 'empty' });
      anchors.push({ kind: 'empty' });
    }
  }
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  const categoryField = definition.style.categories?.field;
  return {
    layerId: definition.id,
    features: features.map(({ code, properties }) => ({
      code,
      title: definition.titleField === 'code' ? code : text(properties[definition.titleField]),
      titleEn: text(properties[`${definition.titleField}_en`]),
      category: categoryField === undefined ? null : text(properties[categoryField]),
      areaSquareMeters: Number(properties.declared_area_m2) || null,
    })),
    shapes: writeTwkb(shapes),
    anchors: writeTwkb(anchors),
    axes: definition.table.axis === null ? null : writeTwkb(axes),
    datasets: [],
    revision: '1',
  };
}

function middleOf(ring: readonly Position[]): Position {
  const sum = ring.reduce(([x = 0, y = 0], [lng = 0, lat = 0]) => [x + lng, y + lat], [0, 0]);
  return [(sum[0] ?? 0) / (ring.length || 1), (sum[1] ?? 0) / (ring.length || 1)];
}

/** Sutherland and Hodgman. */
function clipper(minX: number, minY: number, maxX: number, maxY: number) {
  type Point = [number, number];
  const cut = (ring: Point[], inside: (p: Point) => boolean, meet: (a: Point, b: Point) => Point): Point[] =>
    ring.flatMap((to, index) => {
      const from = ring.at(index - 1) ?? to;
      if (inside(to)) return inside(from) ? [to] : [meet(from, to), to];
      return inside(from) ? [meet(from, to)] : [];
    });
  const atX =
    (x: number) =>
    (a: Point, b: Point): Point => [x, a[1] + ((b[1] - a[1]) * (x - a[0])) / (b[0] - a[0])];
  const atY =
    (y: number) =>
    (a: Point, b: Point): Point => [a[0] + ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]), y];
  return (ring: Point[]): Point[] => {
    let open = ring.slice(0, -1);
    open = cut(open, (p) => p[0] >= minX, atX(minX));
    open = cut(open, (p) => p[0] <= maxX, atX(maxX));
    open = cut(open, (p) => p[1] >= minY, atY(minY));
    open = cut(open, (p) => p[1] <= maxY, atY(maxY));
    const first = open[0];
    return first === undefined ? [] : [...open, first];
  };
}
