/** The shape of a spooled row: as the file has it, and as a layer stores it. */

import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import type { DeliveryFormat } from '../../geodata/contract/imports.ts';
import { type CopyRows, geometryColumn } from './copy-rows.ts';
import { shapeOfEwkt } from './ewkt.ts';
import type { RowPlan } from './import-steps.ts';
import { type MultiShape, noShape, type ShapeRules, toMultiShape } from './multi-shape.ts';
import type { RawShape } from './raw-shape.ts';
import type { Spool } from './spool.ts';
import { shapeOfWkb } from './wkb.ts';

/** Null where the row has none. `shapeColumns` hold its EWKT in pieces; empty: GDAL read it. */
export function rawShapeOf(
  { columns, values }: CopyRows,
  shapeColumns: readonly string[],
): RawShape | 'unreadable' | null {
  try {
    if (shapeColumns.length > 0) {
      const text = shapeColumns.map((column) => values[columns.indexOf(column)] ?? '').join('');
      return text.trim() === '' ? null : shapeOfEwkt(text);
    }
    const hex = values[columns.indexOf(geometryColumn)] ?? null;
    return hex === null ? null : shapeOfWkb(Buffer.from(hex, 'hex'));
  } catch (error) {
    if (error instanceof RangeError) return 'unreadable';
    throw error;
  }
}

/** How the format wants outer rings to run; of the others either way will do. */
const outerRings: Readonly<Partial<Record<DeliveryFormat, ShapeRules['outerRings']>>> = {
  shapefile: 'clockwise',
  geojson: 'counter-clockwise',
};

export type ShapeReader = (row: CopyRows) => MultiShape | { problem: Bilingual };

export function shapeReader(
  { format, shapeColumns, shapeSrid, missingShape }: Spool,
  { layer, crs }: RowPlan,
): ShapeReader {
  const rules: ShapeRules = {
    geometryType: layer.table.geometryType,
    srid: layer.table.srid,
    crs,
    outerRings: outerRings[format] ?? null,
  };
  const missing =
    missingShape === null
      ? noShape
      : { zh: `${noShape.zh}(${missingShape.zh})`, en: `${noShape.en} (${missingShape.en})` };
  return (row) => {
    const raw = rawShapeOf(row, shapeColumns);
    if (raw === null) return { problem: missing };
    if (raw === 'unreadable') return { problem: unreadable };
    if (raw.srid !== shapeSrid) return { problem: otherSrid(raw.srid, shapeSrid) };
    return toMultiShape(raw, rules);
  };
}

const unreadable: Bilingual = {
  zh: '图形文字(EWKT)不能读出,请检查 geometry 列',
  en: 'its shape text (EWKT) cannot be read; check the column geometry',
};

function otherSrid(own: number | null, first: number | null): Bilingual {
  const [said, of] = [own, first].map((srid) => (srid === null ? '—' : `EPSG:${srid}`));
  return {
    zh: `图形注明的坐标系(${said})与表中第一个图形(${of})不同`,
    en: `its shape is said to be in ${said}, the first shape of the table in ${of}`,
  };
}
