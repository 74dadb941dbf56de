/**
 * Checked rows into a table of schema `stage`, in short statements of their own: on the embedded engine, where one
 * statement runs at a time, map requests come between them. PostGIS judges each shape here, once, and mends it if it can.
 */
import type { Bilingual, LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import type { RowProblem } from '../../geodata/contract/imports.ts';
import type { FieldValue } from '../../geodata/domain/feature-input.ts';
import type { Database } from '../db/database.ts';
import type { InsertColumn } from '../db/layer-insert-sql.ts';
import { mendRowsSql, rejectRowsSql, stagedColumns, stageRowsSql } from '../db/layer-stage-sql.ts';
import { valueRefusal } from './database-refusal.ts';
import type { CheckedRow } from './import-steps.ts';

const bulk = { class: 'bulk' } as const;

/** How long one statement should take at most; batches grow and shrink towards it. */
const aimMs = { embedded: 100, server: 250 } as const;
const smallestBatch = 8;
const largestBatch = { embedded: 500, server: 1_000 } as const;
/** Bounds the parameters of one statement where features have very many vertices. */
const maxGeometryBytes = 4_000_000;

export type RowFaults = { problems: RowProblem[]; repairs: RowProblem[] };

/** Where rows go; `count` is how many are staged and stand so far. */
export type Stager = {
  add(rows: readonly CheckedRow[]): Promise<RowFaults>;
  count(): number;
};

/** Rows beyond a batch are split; a value the table cannot hold becomes a problem of its row. */
export function createStager(database: Database, layer: LayerDefinition, table: string): Stager {
  const columns = stagedColumns(layer);
  const insert = stageRowsSql(layer, table);
  const mend = mendRowsSql(layer, table);
  let batchSize = 100;
  let count = 0;

  async function store(rows: readonly CheckedRow[], faults: RowFaults): Promise<void> {
    const startedAt = performance.now();
    const shapes = packShapes(rows);
    const cells = columns.map(({ from }): FieldValue[] | Buffer =>
      from.kind === 'geometry' ? shapes.bytes : rows.map((row) => cellOf(row, from)),
    );
    try {
      const invalid = await database.query<{ row: number }>(
        insert,
        [
          rows.map(({ row }) => row),
          ...cells,
          shapes.starts,
          shapes.lengths,
          rows.map(({ isSurelyValid }) => isSurelyValid),
          rows.map(({ areaSquareMeters }) => areaSquareMeters),
        ],
        bulk,
      );
      count += rows.length;
      if (invalid.length > 0)
        await mendOrReject(
          invalid.map(({ row }) => row),
          faults,
        );
    } catch (error) {
      const reason = valueRefusal(error);
      if (reason === null) throw error;
      const [only] = rows;
      if (rows.length === 1 && only !== undefined) {
        faults.problems.push({ row: only.row, code: only.code, reason });
        return;
      }
      const half = Math.ceil(rows.length / 2);
      await store(rows.slice(0, half), faults);
      await store(rows.slice(half), faults);
      return;
    }
    const share = aimMs[database.engine] / Math.max(1, performance.now() - startedAt);
    const wanted = Math.round(rows.length * Math.min(2, Math.max(0.25, share)));
    batchSize = Math.min(largestBatch[database.engine], Math.max(smallestBatch, wanted));
  }

  async function mendOrReject(rows: number[], faults: RowFaults): Promise<void> {
    const judged = await database.query<JudgedRow>(mend, [rows], bulk);
    const rejected = judged.filter((row) => !row.is_mended);
    for (const row of judged) {
      if (row.is_mended) faults.repairs.push({ row: row.row, code: row.code, reason: mended(row) });
      else faults.problems.push({ row: row.row, code: row.code, reason: broken(row) });
    }
    if (rejected.length === 0) return;
    await database.query(rejectRowsSql(table), [rejected.map(({ row }) => row)], bulk);
    count -= rejected.length;
  }

  return {
    async add(rows) {
      const faults: RowFaults = { problems: [], repairs: [] };
      for (let start = 0; start < rows.length; ) {
        const end = endOfBatch(rows, start, batchSize);
        await store(rows.slice(start, end), faults);
        start = end;
      }
      return faults;
    },
    count: () => count,
  };
}

function cellOf(row: CheckedRow, from: Exclude<InsertColumn['from'], { kind: 'geometry' }>): FieldValue {
  switch (from.kind) {
    case 'code':
      return row.code;
    case 'field':
      return row.properties[from.field] ?? null;
    case 'name-sort':
      return row.nameSort;
    case 'axis':
      return row.axis;
  }
}

/** The shapes of a batch in one piece: as an array of texts they would take each side longer to write and read than to judge. */
function packShapes(rows: readonly CheckedRow[]): {
  bytes: Buffer;
  starts: number[];
  lengths: (number | null)[];
} {
  const bytes = Buffer.allocUnsafe(rows.reduce((sum, { geometry }) => sum + (geometry?.length ?? 0), 0));
  const starts: number[] = [];
  const lengths: (number | null)[] = [];
  let at = 0;
  for (const { geometry } of rows) {
    starts.push(at + 1);
    lengths.push(geometry?.length ?? null);
    if (geometry === null) continue;
    bytes.set(geometry, at);
    at += geometry.length;
  }
  return { bytes, starts, lengths };
}

type JudgedRow = {
  row: number;
  code: string;
  is_mended: boolean;
  lng: number | null;
  lat: number | null;
  area_before: number | null;
  area_after: number | null;
};

function endOfBatch(rows: readonly CheckedRow[], start: number, size: number): number {
  let bytes = 0;
  let end = start;
  while (end < rows.length && end - start < size) {
    const row = rows[end];
    bytes += (row?.geometry?.length ?? 0) + (row?.axis?.length ?? 0);
    if (bytes > maxGeometryBytes && end > start) break;
    end += 1;
  }
  return end;
}

function place({ lng, lat }: JudgedRow): string | null {
  return lng === null || lat === null ? null : `${lng.toFixed(6)}, ${lat.toFixed(6)}`;
}

function broken(row: JudgedRow): Bilingual {
  const at = place(row);
  return {
    zh: `图形自相交、环不合法或各部分重叠${at === null ? '' : `,位置约 ${at}`},修补会改变图形,请修正后重新导出`,
    en: `the shape crosses itself, has a wrong ring or overlapping parts${at === null ? '' : ` near ${at}`}; mending would change it, so correct it and export again`,
  };
}

function mended(row: JudgedRow): Bilingual {
  const at = place(row);
  const [before, after] = [row.area_before, row.area_after].map((area) => (area ?? 0).toFixed(2));
  return {
    zh: `图形有瑕疵${at === null ? '' : `(位置约 ${at})`},已修补;面积 ${before} m² → ${after} m²`,
    en: `the shape had a flaw${at === null ? '' : ` near ${at}`} and was mended; area ${before} m² → ${after} m²`,
  };
}
