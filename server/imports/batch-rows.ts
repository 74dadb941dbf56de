/** Gathers checked rows into batches that neither their count nor their size makes a burden. */
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import type { CheckedRow, RowBatch } from './import-steps.ts';

const maxRowsPerBatch = 1_000;
/** Hex digits of shapes; a single shape may be longer. */
const maxCharsPerBatch = 8_000_000;

export type Batcher = {
  /** Starts the next row of the file; its number from 1. */
  nextRow(): number;
  accept(what: 'rows' | 'patches', row: CheckedRow): void;
  note(what: 'problems' | 'repairs', row: number, code: string | null, reasons: readonly Bilingual[]): void;
  /** The batch once it is full; null before. */
  takeFull(): RowBatch | null;
  /** What is left, null for nothing. */
  takeRest(): RowBatch | null;
  rowsRead(): number;
};

export function createBatcher(): Batcher {
  let rowsRead = 0;
  let batch = emptyBatch();
  let [rows, chars] = [0, 0];
  const take = (): RowBatch => {
    const taken = { ...batch, rowsRead };
    batch = emptyBatch();
    [rows, chars] = [0, 0];
    return taken;
  };
  return {
    nextRow: () => {
      rowsRead += 1;
      return rowsRead;
    },
    accept(what, row) {
      batch[what].push(row);
      rows += 1;
      chars += (row.geometry?.length ?? 0) + (row.axis?.length ?? 0);
    },
    note(what, row, code, reasons) {
      for (const reason of reasons) batch[what].push({ row, code, reason });
      rows += reasons.length;
    },
    takeFull: () => (rows >= maxRowsPerBatch || chars >= maxCharsPerBatch ? take() : null),
    takeRest: () => (rows > 0 ? take() : null),
    rowsRead: () => rowsRead,
  };
}

function emptyBatch(): RowBatch {
  return { rows: [], patches: [], problems: [], repairs: [], rowsRead: 0 };
}
