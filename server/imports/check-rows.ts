/** Rows of the spool → features in CGCS2000 degrees, and every row that cannot become one with its number and reason. */
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import { requiredFieldsOf } from '../../geodata/domain/required-fields.ts';
import { axisReader } from './axis.ts';
import { createBatcher } from './batch-rows.ts';
import type { CheckEnd, CheckTask } from './check-task.ts';
import { copyRows } from './copy-rows.ts';
import { collectDoubts } from './doubtful-values.ts';
import type { RowBatch } from './import-steps.ts';
import { storedShape } from './multi-shape.ts';
import { propertiesReader } from './read-properties.ts';
import { shapeReader } from './read-shape.ts';
import { createTally } from './row-tally.ts';

/** Batches while rows come in; at the end what was understood and what is doubtful. */
export function* checkRows({ spool, plan, region }: CheckTask): Generator<RowBatch, CheckEnd> {
  const { layer, columns } = plan;
  const planned = layer.fields.flatMap((field) => {
    const column = columns[field.name];
    return column === undefined ? [] : [{ field, column }];
  });
  const required = requiredFieldsOf(layer.id).map((name) => ({
    name,
    title: layer.fields.find((field) => field.name === name)?.title ?? { zh: name, en: name },
  }));
  const readProperties = propertiesReader(spool, region, planned, required);
  const readShape = shapeReader(spool, plan);
  const readAxis = axisReader(spool, plan);
  const doubts = collectDoubts(layer, region);
  const tally = createTally();
  const hasCodes = columns.code !== undefined || columns.adcode !== undefined;
  const rowByCode = new Map<string, number>();
  const batcher = createBatcher();
  for (const copied of copyRows(spool.path)) {
    const row = batcher.nextRow();
    const { properties, reasons, formerCodes } = readProperties(copied);
    const code = String(properties.code ?? properties.adcode ?? `${layer.id}-${row}`);
    if (hasCodes) {
      const earlier = rowByCode.get(code);
      if (earlier === undefined) rowByCode.set(code, row);
      else reasons.push(repeatedCode(earlier));
    }
    const shape = readShape(copied);
    if ('problem' in shape) reasons.push(shape.problem);
    const axis = readAxis(copied);
    if (axis !== null && 'problem' in axis) reasons.push(axis.problem);
    if (reasons.length > 0 || 'problem' in shape) {
      batcher.note('problems', row, code, reasons);
    } else {
      batcher.note('repairs', row, code, shape.repairs);
      const axisShape = axis === null || 'problem' in axis ? null : axis.ewkbHex;
      batcher.accept('rows', { row, code, ...storedShape(shape), axis: axisShape, properties });
      doubts.add(properties, shape.extent);
      tally.add(formerCodes, shape);
    }
    const full = batcher.takeFull();
    if (full !== null) yield full;
  }
  const rest = batcher.takeRest();
  if (rest !== null) yield rest;
  return { warnings: doubts.words(), assumptions: [...(hasCodes ? [] : [noCodes]), ...tally.words()] };
}

/** Words for a code that an earlier row has. */
export function repeatedCode(earlier: number): Bilingual {
  return { zh: `编号与第 ${earlier} 行重复`, en: `the code repeats that of row ${earlier}` };
}

const noCodes: Bilingual = {
  zh: '文件没有编号列,按“图层名-行号”编号;如有编号列请改名为 BSM 或“编号”',
  en: 'no column of codes: rows are numbered <layer>-<row>; name the column BSM or 编号 if there is one',
};
