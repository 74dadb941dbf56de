/** The shape of a spooled row: as the file has it, and as a layer stores it. */

import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import type { DeliveryFormat } from '../../geodata/contract/imports.ts';
import type { CopyRow } from './copy-rows.ts';
import { shapeOfEwkt } from './ewkt.ts';
import type { RowPlan } from './import-steps.ts';
import { type MultiShape, noShape, type ShapeRules, toMultiShape } from './multi-shape.ts';
import type { RawShape } from './raw-shape.ts';
import type { Spool } from './spool.ts';
import { createWkbReader } from './wkb.ts';

/** Reads the shape of a row, good until the next one is read; null where the row has none. */
export type RawShapeReader = (row: CopyRow) => RawShape | 'unreadable' | null;

/** `textColumns` hold the EWKT in pieces; empty: GDAL read the shape. */
export function rawShapeReader(textColumns: readonly string[]): RawShapeReader {
  const readWkb = createWkbReader();
  const read = ({ columns, values, shape }: CopyRow): RawShape | null => {
    if (textColumns.length === 0) return shape === null ? null : readWkb(shape);
    const text = textColumns.map((column) => values[columns.indexOf(column)] ?? '').join('');
    return text.trim() === '' ? null : shapeOfEwkt(text);
  };
  return (row) => {
    try {
      return read(row);
    } catch (error) {
      if (error instanceof RangeError) return 'unreadable';
      throw error;
    }
  };
}

/** How the format wants outer rings to run; of the others either way will do. */
const outerRings: Readonly<Partial<Record<DeliveryFormat, ShapeRules['outerRings']>>> = {
  shapefile: 'clockwise',
  geojson: 'counter-clockwise',
};

export type ShapeReader = (row: CopyRow) => MultiShape | { problem: Bilingual };

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
  const readRaw = rawShapeReader(shapeColumns);
  return (row) => {
    const raw = readRaw(row);
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
