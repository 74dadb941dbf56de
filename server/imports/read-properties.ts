/** What the planned fields of a row say, by the definition of the layer. */
import type { Bilingual, LayerField } from '../../geodata/catalogue/layer-definition.ts';
import type { FieldValue } from '../../geodata/domain/feature-input.ts';
import type { Region } from '../../geodata/reference/region-schema.ts';
import type { CopyRow } from './copy-rows.ts';
import { decodeCells } from './decode-cells.ts';
import { readValue } from './map-fields.ts';
import type { Spool } from './spool.ts';

export type PlannedField = {
  field: LayerField;
  /** Column of the file by its decoded name. */
  column: string;
};

export type RowReading = {
  /** By field name; of fields that cannot be read nothing. */
  properties: Record<string, FieldValue>;
  /** Why the row has to be rejected. */
  reasons: Bilingual[];
  /** Values that were codes of former counties. */
  formerCodes: number;
};

/** Reads rows of the spool; a column that is not in it gives nothing. */
export function propertiesReader(
  spool: Spool,
  region: Region,
  planned: readonly PlannedField[],
  required: readonly { name: string; title: Bilingual }[],
): (row: CopyRow) => RowReading {
  const former = new Map(
    region.counties.flatMap(({ adcode, formerAdcodes }) =>
      formerAdcodes.map((old) => [old, adcode] as const),
    ),
  );
  const fields = planned.flatMap(({ field, column }) => {
    const written = spool.columns.find(({ name }) => name === column)?.written;
    return written === undefined ? [] : [{ field, written }];
  });
  const decode = decodeCells(spool);
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
