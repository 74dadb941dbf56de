/**
 * All that a page is made of, as plain data that passes to the drawing thread: the resolved plan and what the database
 * gave for it. Nothing here knows a database or a page.
 */
import type { Bilingual, LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import type { CatalogueLayer } from '../../geodata/contract/catalogue.ts';
import type { ProgressResponse } from '../../geodata/contract/progress.ts';
import type { SheetNotice, SheetSpec } from '../../geodata/contract/sheets.ts';
import type { SheetLayout } from '../../geodata/domain/sheet-layout.ts';
import type { Orientation } from '../../geodata/domain/sheet-paper.ts';
import type { PageMap } from './page.ts';

/** Shapes are told in hundredths of a millimetre on paper. */
export const shapeUnitsPerMm = 100;

export type PlannedLayer = {
  definition: LayerDefinition;
  /** Ids of the legend entries that are shown; null: all, and what falls in none. */
  entries: readonly string[] | null;
  labels: boolean;
};

export type SheetCrs = {
  srid: number;
  name: Bilingual;
  /** Degrees; null where it has none. */
  centralMeridian: number | null;
  kind: 'gauss-kruger-3' | 'gauss-kruger-6' | 'geographic' | 'web-mercator' | 'other';
  /** 3° zone number of the central meridian, for X(北) Y(东) of vertex lists; null for others. */
  zone: number | null;
};

export type SheetFocus =
  | { kind: 'region'; name: Bilingual }
  | { kind: 'county'; adcode: string; name: Bilingual }
  | { kind: 'site'; code: string; name: string; adcode: string | null }
  | { kind: 'extent' };

export type SheetPlan = {
  spec: SheetSpec;
  orientation: Orientation;
  widthMm: number;
  heightMm: number;
  layout: SheetLayout;
  scale: number;
  map: PageMap;
  crs: SheetCrs;
  /** [lng, lat] of the centre of the frame. */
  center: readonly [number, number];
  /** Clockwise angle from the top of the paper to true north at the centre, degrees. */
  northDegrees: number;
  focus: SheetFocus;
  /** In drawing order, lowest first. */
  layers: readonly PlannedLayer[];
  notices: readonly SheetNotice[];
};

export type SheetFeature = {
  code: string;
  /** Value of the title field. */
  title: string | null;
  titleEn: string | null;
  /** Value of the category field; null without categories. */
  category: string | null;
  /** m², on the basis the layer is counted by (declared for mine sites); null where unknown and for lines. */
  areaSquareMeters: number | null;
};

/** Of TWKB columns: one geometry a feature in the order of `features`, empty where nothing lies in the frame. */
export type LayerContent = {
  layerId: string;
  features: readonly SheetFeature[];
  /** In shapeUnitsPerMm from the top left corner of the frame, y downwards; clipped some millimetres outside it. */
  shapes: Uint8Array;
  anchors: Uint8Array | null;
  axes: Uint8Array | null;
  datasets: CatalogueLayer['datasets'];
  revision: string;
};

/** The outlines of the counties for the inset, in shares 0–10 000 of a square, y downwards. */
export type InsetContent = {
  counties: { adcode: string; shape: Uint8Array }[];
  /** The frame's outline in the same units, closed: x and y in turn. */
  frame: readonly number[];
};

export type SitePatch = {
  code: string;
  areaSquareMeters: number | null;
  /** Vertices of the outer rings in the home zone: X(北), Y(东) in metres, in order, not closed. */
  rings: { number: string; vertices: readonly (readonly [north: number, east: number])[] }[];
};
export type SitePhoto = {
  /** JPEG or PNG, not larger than it is printed. */
  bytes: Uint8Array;
  moment: 'before' | 'during' | 'after' | null;
  takenOn: string | null;
  /** Width / height. */
  aspect: number;
};
/** What a site page (一矿一表) tells beside its map. */
export type SiteContent = {
  code: string;
  name: string;
  facts: { title: Bilingual; value: Bilingual }[];
  patches: SitePatch[];
  /** Srid, zone and central meridian of the vertices. */
  vertexCrs: SheetCrs;
  timeline: { on: string; words: Bilingual }[];
  photos: SitePhoto[];
};

export type SheetContent = {
  plan: SheetPlan;
  regionName: Bilingual;
  bureau: Bilingual;
  layers: readonly LayerContent[];
  /** Outline of the focus in the frame, in the units of shapes: what lies outside is greyed; null: nothing is. */
  focusShape: Uint8Array | null;
  inset: InsetContent | null;
  /** Of the focus; null where mine sites may not be read or are not loaded. */
  progress: ProgressResponse | null;
  site: SiteContent | null;
  /** The basemap warped into the frame, and what must be printed of it; null without. */
  basemap: { bytes: Uint8Array; attribution: string } | null;
  /** State of the data: oldest and newest 资料截止日期 of the layers drawn; null with no data. */
  dataAsOf: { oldest: string; newest: string } | null;
  /** Day the state is effective on, as printed: the asked one, or the 资料截止日期. */
  effectiveOn: string | null;
  hasSampleData: boolean;
  /** Short mark of the state of the data (数据版本): a hash of the revisions of the layers drawn. */
  dataVersion: string;
  /** YYYY-MM-DD printed as 制图日期. */
  date: string;
  /** Printed across a sheet of 工作秘密(内部); null on others. */
  watermark: string | null;
  page: { number: number; of: number } | null;
};
