/**
 * What passes between the steps of an import: the reader (bounded worker) gives a Delivery and then checked rows in
 * batches; the writer stages them and swaps them in. Types only.
 */
import type { Bilingual, LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import type { ImportMode, Inspection, PositionDoubt, RowProblem } from '../../geodata/contract/imports.ts';
import type { Crs } from '../../geodata/domain/crs.ts';
import type { FeatureRow } from './write-features.ts';

/** What may be said about a file before it is read. */
export type ReadChoices = {
  part?: string | undefined;
  crs?: string | undefined;
  encoding?: string | undefined;
};

/** A delivered file, read once into a spool of rows in the working folder; nothing of it is held in memory. */
export type Delivery = {
  inspection: Inspection;
  /** Null where it is still to be chosen (inspection.crsProblem says why). */
  crs: Crs | null;
  positionDoubt: PositionDoubt | null;
  /** Rows as GDAL wrote them. */
  spoolPath: string;
  /** Every encoding a text is tried in, in order; null where the format says it itself. */
  encoding: string | null;
};

/** How the rows of a delivery become features of a layer. */
export type RowPlan = {
  layer: LayerDefinition;
  /** Column of the file by field of the layer. */
  columns: Readonly<Record<string, string>>;
  crs: Crs;
};

export type CheckedRow = FeatureRow & {
  /** Position in the file, from 1; of a feature made of several rows the first. */
  row: number;
};

export type RowBatch = {
  rows: CheckedRow[];
  problems: RowProblem[];
  repairs: RowProblem[];
  /** Rows of the file read so far. */
  rowsRead: number;
};

export type RowStream = {
  batches: AsyncIterable<RowBatch>;
  /** After the last batch: what is stored as it is but may be a mistake. */
  warnings(): Bilingual[];
};

/** Rows of a delivery in a table of schema `stage`, judged by the database, not yet part of the layer. */
export type StagedRows = {
  layerId: string;
  mode: ImportMode;
  /** Name in schema `stage`. */
  table: string;
  featureCount: number;
  problems: RowProblem[];
  repairs: RowProblem[];
  warnings: Bilingual[];
};
