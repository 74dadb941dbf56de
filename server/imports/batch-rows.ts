/** Gathers checked rows into batches that neither their count nor their size makes a burden. */
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import type { FieldValue } from '../../geodata/domain/feature-input.ts';
import { pinyinSortKey } from '../../geodata/domain/pinyin-sort-key.ts';
import type { CheckedRow, RowBatch } from './import-steps.ts';

const maxRowsPerBatch = 1_000;
/** Of shapes; a single shape may be longer. */
const maxBytesPerBatch = 4_000_000;
/** Names repeat in large files; beyond this many different ones the later ones are worked out each time. */
const maxKnownNames = 20_000;

/** A checked row before its sort key is worked out. */
export type UnsortedRow = Omit<CheckedRow, 'nameSort'>;

export type Batcher = {
  /** Starts the next row of the file; its number from 1. */
  nextRow(): number;
  accept(what: 'rows' | 'patches', row: UnsortedRow): void;
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
  let [rows, bytes] = [0, 0];
  const sortKeys = new Map<string, string>();
  const take = (): RowBatch => {
    const taken = { ...batch, rowsRead };
    batch = emptyBatch();
    [rows, bytes] = [0, 0];
    return taken;
  };
  return {
    nextRow: () => {
      rowsRead += 1;
      return rowsRead;
    },
    accept(what, row) {
      batch[what].push({ ...row, nameSort: sortKeyOf(row.properties.name, sortKeys) });
      rows += 1;
      bytes += (row.geometry?.length ?? 0) + (row.axis?.length ?? 0);
    },
    note(what, row, code, reasons) {
      for (const reason of reasons) batch[what].push({ row, code, reason });
      rows += reasons.length;
    },
    takeFull: () => (rows >= maxRowsPerBatch || bytes >= maxBytesPerBatch ? take() : null),
    takeRest: () => (rows > 0 ? take() : null),
    rowsRead: () => rowsRead,
  };
}

/** Pinyin of a name takes 20 µs. */
function sortKeyOf(name: FieldValue | undefined, known: Map<string, string>): string {
  if (typeof name !== 'string') return '';
  const before = known.get(name);
  if (before !== undefined) return before;
  const key = pinyinSortKey(name);
  if (known.size < maxKnownNames) known.set(name, key);
  return key;
}

function emptyBatch(): RowBatch {
  return { rows: [], patches: [], problems: [], repairs: [], rowsRead: 0 };
}
