/** What is asked of an export, what it gives, and what passes from the reading of a layer to the writer of a format. */
import type { MultiLineString, MultiPolygon } from 'geojson';
import type { Bilingual, LayerDefinition, LayerField } from '../../geodata/catalogue/layer-definition.ts';
import type { Classification, PositionDoubt } from '../../geodata/contract/imports.ts';
import type { Crs } from '../../geodata/domain/crs.ts';

export const exportFormats = ['shp', 'gpkg', 'geojson', 'xlsx', 'csv', 'kml'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export type ExportOrder = {
  layerId: string;
  format: ExportFormat;
  /** As typed, such as EPSG:4526; CGCS2000 degrees where it is left out. */
  crs?: string | undefined;
  /** Of a shapefile's texts: GBK (left out) or UTF-8. */
  encoding?: string | undefined;
  /** Absolute path of a file or of a folder that exists; a name in the data folder where it is left out. */
  to?: string | undefined;
  overwrite: boolean;
  actor: string;
};

export type ExportSummary = {
  path: string;
  featureCount: number;
  bytes: number;
  crs: Crs;
  hasSample: boolean;
  /** What the format could not carry, and every name that was changed. */
  notes: Bilingual[];
};

/** What tables hold: multi-part, two-dimensional. */
export type Shape = MultiPolygon | MultiLineString;

export type CellValue = string | number | boolean | null;

export type ExportRow = {
  /** In the order of the layer's fields; dates as YYYY-MM-DD. */
  values: CellValue[];
  /** In the CRS of the export, [lng, lat] or [east, north]; null where the feature has none. */
  shape: Shape | null;
  axis: Shape | null;
};

export type LayerOrigin = {
  title: string;
  source: string;
  /** 资料截止日期, YYYY-MM-DD, of the newest dataset. */
  asOf: string | null;
  /** The strictest of its datasets. */
  classification: Classification | null;
  positionDoubts: PositionDoubt[];
  hasSample: boolean;
};

/** A layer as of one moment, spooled; `rows` may be read again and again. */
export type LayerSnapshot = {
  layer: LayerDefinition;
  fields: readonly LayerField[];
  crs: Crs;
  origin: LayerOrigin;
  featureCount: number;
  /** Whether a feature has a centre line. */
  hasAxis: boolean;
  exportedAt: Date;
  rows(): AsyncIterable<ExportRow>;
  /** The values alone, which is faster. */
  values(): AsyncIterable<CellValue[]>;
};

export type WriteTask = {
  snapshot: LayerSnapshot;
  /** File that does not exist yet. */
  path: string;
  /** Empty folder of our own for parts. */
  workFolder: string;
  /** Name of what is inside (a zip's entries, a sheet), without extension. */
  name: string;
  encoding: string | undefined;
  signal: AbortSignal;
};

/** Writes the file whole and returns what the format could not carry. Throws UnprocessableError for rows it cannot hold. */
export type LayerWriter = (task: WriteTask) => Promise<Bilingual[]>;
