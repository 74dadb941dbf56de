/** The rows of a delivered file between reading and checking: a file of COPY text (copy-rows.ts) and how to understand it. Types only. */
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import type { DeliveryFormat } from '../../geodata/contract/imports.ts';
import type { KnownEncoding } from './text-encoding.ts';

export type SpoolColumn = {
  /** As it stands in the spool. */
  written: string;
  /** Decoded, and distinct in its file. */
  name: string;
};

export type Spool = {
  path: string;
  format: DeliveryFormat;
  /** Columns of values, in the file's order; those that hold the shape as text are not among them. */
  columns: readonly SpoolColumn[];
  /** The file's columns that hold the shape as EWKT, to be joined in this order; empty where GDAL read the shape. */
  shapeColumns: readonly string[];
  /** EPSG code said with the first of those shapes; null: none. */
  shapeSrid: number | null;
  /** The file's columns that hold a centre line as EWKT, likewise. */
  axisColumns: readonly string[];
  /** Of shapefile texts, which stand in the spool byte by byte as Latin-1; null where they are UTF-8. */
  encoding: KnownEncoding | null;
  /** Why a row may be without its shape; null where nothing was said of it. */
  missingShape: Bilingual | null;
};
