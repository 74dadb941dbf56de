/** Rows of the spool → features in CGCS2000 degrees, and every row that cannot become one with its number and reason. */
import type { Bilingual, LayerField } from '../../geodata/catalogue/layer-definition.ts';
import type { DeliveryFormat, RowProblem } from '../../geodata/contract/imports.ts';
import type { FieldValue } from '../../geodata/domain/feature-input.ts';
import { requiredFieldsOf } from '../../geodata/domain/required-fields.ts';
import type { CheckTask } from './check-worker.ts';
import { type CopyRows, copyRows } from './copy-rows.ts';
import { decodeCells } from './decode-cells.ts';
import { collectDoubts } from './doubtful-values.ts';
import type { CheckedRow, RowBatch } from './import-steps.ts';
import { readValue } from './map-fields.ts';
import { noShape, type ShapeRules, toMultiShape } from './multi-shape.ts';
import { shapeOfRow } from './scan-spool.ts';

const maxRowsPerBatch = 1_000;
/** Hex digits of shapes; a single shape may be longer. */
const maxCharsPerBatch = 8_000_000;

export type CheckEnd = { warnings: Bilingual[]; assumptions: Bilingual[] };

/** How the format wants outer rings to run; null: it says nothing. */
const outerRings: Readonly<Partial<Record<DeliveryFormat, ShapeRules['outerRings']>>> = {
  shapefile: 'clockwise',
  geojson: 'counter-clockwise',
};

/** Batches while rows come in; at the end what was understood and what is doubtful. */
export function* checkRows({ spool, plan, region }: CheckTask): Generator<RowBatch, CheckEnd> {
  const { layer, crs } = plan;
  const rules: ShapeRules = {
    geometryType: layer.table.geometryType,
    srid: layer.table.srid,
    crs,
    outerRings: outerRings[spool.format] ?? null,
  };
  const readProperties = propertiesReader({ spool, plan, region });
  const doubts = collectDoubts(layer, region);
  const rowByCode = new Map<string, number>();
  const hasCodes = ['code', 'adcode'].some((field) => plan.columns[field] !== undefined);
  const counts = { formerCodes: 0, turnedRings: 0 };
  let batch = emptyBatch(0);
  let chars = 0;
  let row = 0;
  for (const copied of copyRows(spool.path)) {
    row += 1;
    batch.rowsRead = row;
    const { properties, reasons, formerCodes } = readProperties(copied);
    const code = String(properties.code ?? properties.adcode ?? `${layer.id}-${row}`);
    if (hasCodes) {
      const earlier = rowByCode.get(code);
      if (earlier === undefined) rowByCode.set(code, row);
      else reasons.push({ zh: `编号与第 ${earlier} 行重复`, en: `the code repeats that of row ${earlier}` });
    }
    const shape = readShape(copied, spool, rules);
    if ('problem' in shape) reasons.push(shape.problem);
    if (reasons.length > 0 || 'problem' in shape) {
      batch.problems.push(...reasons.map((reason): RowProblem => ({ row, code, reason })));
    } else {
      batch.repairs.push(...shape.repairs.map((reason): RowProblem => ({ row, code, reason })));
      batch.rows.push({ row, code, geometry: shape.ewkb, axis: null, properties } satisfies CheckedRow);
      doubts.add(properties, shape.extent);
      counts.formerCodes += formerCodes;
      counts.turnedRings += shape.hasTurnedRings ? 1 : 0;
      chars += shape.ewkb.length;
    }
    if (batch.rows.length + batch.problems.length >= maxRowsPerBatch || chars >= maxCharsPerBatch) {
      yield batch;
      batch = emptyBatch(row);
      chars = 0;
    }
  }
  if (batch.rows.length + batch.problems.length > 0) yield batch;
  return { warnings: doubts.words(), assumptions: assumptionsOf(counts, hasCodes) };
}

function emptyBatch(rowsRead: number): RowBatch {
  return { rows: [], patches: [], problems: [], repairs: [], rowsRead };
}

type RowReading = {
  properties: Record<string, FieldValue>;
  reasons: Bilingual[];
  /** Values that were codes of former counties. */
  formerCodes: number;
};

/** What the planned fields of a row say. */
function propertiesReader({ spool, plan, region }: CheckTask): (row: CopyRows) => RowReading {
  const { layer, columns } = plan;
  const former = new Map(
    region.counties.flatMap(({ adcode, formerAdcodes }) =>
      formerAdcodes.map((old) => [old, adcode] as const),
    ),
  );
  const fields: { field: LayerField; written: string }[] = layer.fields.flatMap((field) => {
    const written = spool.columns.find(({ name }) => name === columns[field.name])?.written;
    return written === undefined ? [] : [{ field, written }];
  });
  const required = requiredFieldsOf(layer.id).map((name) => ({
    name,
    title: layer.fields.find((field) => field.name === name)?.title ?? { zh: name, en: name },
  }));
  const decode = decodeCells(spool.encoding);
  return (row) => {
    const properties: Record<string, FieldValue> = {};
    const reasons: Bilingual[] = [];
    let formerCodes = 0;
    let isDamaged = false;
    for (const { field, written } of fields) {
      const cell = decode(row.values[row.columns.indexOf(written)] ?? null);
      isDamaged ||= cell.isDamaged;
      const read = readValue(field, cell.text, former);
      if ('problem' in read) {
        reasons.push(read.problem);
        continue;
      }
      properties[field.name] = read.value;
      if (read.isFormerCode === true) formerCodes += 1;
    }
    if (isDamaged) reasons.push(damagedText);
    for (const { name, title } of required) {
      if ((properties[name] ?? null) === null)
        reasons.push({ zh: `缺少${title.zh}`, en: `${title.en} is missing` });
    }
    return { properties, reasons, formerCodes };
  };
}

const damagedText: Bilingual = {
  zh: '文字不能按所用编码读出,请用 --encoding 指定正确的编码',
  en: 'its text does not fit the encoding; give the right one with --encoding',
};

function readShape(
  row: CopyRows,
  { shapeColumns, notes }: CheckTask['spool'],
  rules: ShapeRules,
): ReturnType<typeof toMultiShape> {
  const raw = shapeOfRow(row, shapeColumns);
  if (raw === 'unreadable') {
    return {
      problem: {
        zh: '图形文字(EWKT)不能读出,请检查 geometry 列',
        en: 'its shape text (EWKT) cannot be read; check the column geometry',
      },
    };
  }
  if (raw !== null) return toMultiShape(raw, rules);
  // GDAL leaves out a shape it cannot read and says so beside the rows.
  const said = notes.slice(0, 2).join('; ').slice(0, 200);
  if (said === '') return { problem: noShape };
  return { problem: { zh: `${noShape.zh}(读取程序:${said})`, en: `${noShape.en} (the reader: ${said})` } };
}

function assumptionsOf(counts: { formerCodes: number; turnedRings: number }, hasCodes: boolean): Bilingual[] {
  const words: Bilingual[] = [];
  if (!hasCodes) {
    words.push({
      zh: '文件没有编号列,按“图层名-行号”编号;如有编号列请改名为 BSM 或“编号”',
      en: 'no column of codes: rows are numbered <layer>-<row>; name the column BSM or 编号 if there is one',
    });
  }
  if (counts.formerCodes > 0) {
    words.push({
      zh: `${counts.formerCodes} 个旧县代码已换成现行代码`,
      en: `${counts.formerCodes} former county codes were given their present ones`,
    });
  }
  if (counts.turnedRings > 0) {
    words.push({
      zh: `${counts.turnedRings} 行的环方向与格式规定相反,已理顺`,
      en: `the rings of ${counts.turnedRings} rows ran against the rule of the format and were turned`,
    });
  }
  return words;
}
