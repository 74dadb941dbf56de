/** The centre line of a band (corridors), which deliveries carry as EWKT in a column beside the shape. */
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import type { CopyRow } from './copy-rows.ts';
import type { RowPlan } from './import-steps.ts';
import { toMultiShape } from './multi-shape.ts';
import { rawShapeReader } from './read-shape.ts';
import type { Spool } from './spool.ts';

/** Reads the axis of a row: null where the layer or the row has none. */
export function axisReader(
  { axisColumns }: Spool,
  { layer, crs }: RowPlan,
): (row: CopyRow) => { ewkbHex: string } | { problem: Bilingual } | null {
  if (layer.table.axis === null || axisColumns.length === 0) return () => null;
  const rules = { geometryType: 'MultiLineString', srid: layer.table.srid, crs, outerRings: null } as const;
  const readRaw = rawShapeReader(axisColumns);
  return (row) => {
    const raw = readRaw(row);
    if (raw === null) return null;
    if (raw === 'unreadable') return { problem: unreadable };
    const axis = toMultiShape(raw, rules);
    return 'problem' in axis
      ? { problem: named(axis.problem) }
      : { ewkbHex: Buffer.from(axis.ewkb).toString('hex') };
  };
}

const unreadable: Bilingual = {
  zh: '中心线文字(EWKT)不能读出,请检查 axis 列',
  en: 'its centre line (EWKT) cannot be read; check the column axis',
};

function named({ zh, en }: Bilingual): Bilingual {
  return { zh: `中心线:${zh}`, en: `centre line: ${en}` };
}
