/**
 * What passes between the steps of an import: the reader (bounded worker) gives a Delivery and then checked rows in
 * batches; the writer stages them and swaps them in. Types only.
 */
import type { Bilingual, LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import type { ImportMode, Inspection, PositionDoubt, RowProblem } from '../../geodata/contract/imports.ts';
import type { Crs } from '../../geodata/domain/crs.ts';
import type { Spool } from './spool.ts';
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
  /** The rows as GDAL wrote them, and what is needed to understand them: the reader's own. */
  spool: Spool;
};

/** How the rows of a delivery become features of a layer. */
export type RowPlan = {
  layer: LayerDefinition;
  /** Column of the file by field of the layer (mapColumns). */
  columns: Readonly<Record<string, string>>;
  crs: Crs;
};

export type CheckedRow = Omit<FeatureRow, 'geometry'> & {
  /** Position in the file, from 1; of a feature made of several rows the first. */
  row: number;
  /** EWKB. */
  geometry: Uint8Array | null;
  /** A polygon the database need not judge. */
  isSurelyValid: boolean;
  /** Sort key of the field `name`; '' without one. */
  nameSort: string;
  /** Of a polygon, if it proves valid; null: the database measures it. */
  areaSquareMeters: number | null;
};

export type RowBatch = {
  /**
   * Features of the plan's layer, EWKB in CGCS2000 degrees; of a polygon layer rings closed and counter-clockwise,
   * but not yet judged valid. Of a file of patches the sites they make, in the last batches, each with geometry null:
   * its extent is that of its patches.
   */
  rows: CheckedRow[];
  /** Of a file of patches delivered for mine_sites the features of mine_patches; of every other file none. */
  patches: CheckedRow[];
  /** Rejected rows: they are in neither list. */
  problems: RowProblem[];
  repairs: RowProblem[];
  /** Rows of the file read so far. */
  rowsRead: number;
};

export type RowStream = {
  /** Throws a LantuError where the file cannot go into the layer at all; `signal.reason` when aborted. Read once. */
  batches: AsyncIterable<RowBatch>;
  /** After the last batch: what is stored as it is but may be a mistake. */
  warnings(): Bilingual[];
  /** After the last batch: what was understood in a way the file does not say (old codes, rings turned, patches grouped). */
  assumptions(): Bilingual[];
};

/** Rows of a delivery in a table of schema `stage`, judged by the database, not yet part of the layer. */
export type StagedRows = {
  layerId: string;
  mode: ImportMode;
  /** Name in schema `stage`. */
  table: string;
  /** Columns of the layer's table that the delivery fills; an upsert leaves the others as they stand. */
  columns: string[];
  featureCount: number;
  /** Patches that came with the sites, staged in a table of their own. */
  patches: { table: string; columns: string[]; featureCount: number } | null;
  problems: RowProblem[];
  repairs: RowProblem[];
  warnings: Bilingual[];
};
