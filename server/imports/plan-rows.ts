/** Which column of a delivery feeds which field: suggested by name, a saved profile over that, what is said for this import over both. */
import type { Bilingual, LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import type { ImportSettings } from '../../geodata/contract/imports.ts';
import { importableFields, suggestColumns } from '../../geodata/domain/suggest-columns.ts';
import type { Queryable } from '../db/database.ts';
import { UnprocessableError } from '../errors.ts';
import type { Delivery, RowPlan } from './import-steps.ts';
import { findProfile } from './profiles.ts';

/** The plan, and the columns nothing uses. Throws UnprocessableError where the CRS is open or the mapping names what is not there. */
export async function planRows(
  client: Queryable,
  layer: LayerDefinition,
  { inspection, crs }: Delivery,
  { profile, mapping }: ImportSettings,
): Promise<RowPlan & { unused: string[] }> {
  if (crs === null) throw new UnprocessableError(inspection.crsProblem ?? noCrs, { field: 'crs' });
  const { columns: names } = inspection;
  const isUtf8 = inspection.encoding?.name.toLowerCase() === 'utf-8';
  const columns = Object.fromEntries(suggestColumns(layer, names, isUtf8 ? 3 : 2));
  if (profile !== undefined) {
    const saved = await findProfile(client, profile, layer.id);
    // A profile serves files that lack some of its columns.
    const present = Object.entries(saved.columns).filter(
      ([, column]) => column === null || names.includes(column),
    );
    apply(columns, Object.fromEntries(present), layer, names);
  }
  if (mapping !== undefined) apply(columns, mapping, layer, names);
  const taken = new Set(Object.values(columns));
  return { layer, crs, columns, unused: names.filter((name) => !taken.has(name)) };
}

function apply(
  columns: Record<string, string>,
  given: Readonly<Record<string, string | null>>,
  layer: LayerDefinition,
  names: readonly string[],
): void {
  const fields = importableFields(layer).map(({ name }) => name);
  for (const [field, column] of Object.entries(given)) {
    if (!fields.includes(field)) throw unknownField(field, fields);
    if (column !== null && !names.includes(column)) throw unknownColumn(column, names);
    for (const [other, taken] of Object.entries(columns)) {
      if (other === field || taken === column) delete columns[other];
    }
  }
  for (const [field, column] of Object.entries(given)) if (column !== null) columns[field] = column;
}

const noCrs: Bilingual = {
  zh: '文件没有说明坐标系,请用 --crs 指定。',
  en: 'The file states no CRS; give it with --crs.',
};

function unknownField(field: string, fields: readonly string[]): UnprocessableError {
  const list = fields.join('、');
  return new UnprocessableError(
    {
      zh: `字段对照中的“${field}”不是本图层可导入的字段。可选:${list}`,
      en: `"${field}" in the mapping is no field of this layer that can be imported; there are: ${list}`,
    },
    { field: 'mapping' },
  );
}

function unknownColumn(column: string, names: readonly string[]): UnprocessableError {
  const list = names.join('、') || '—';
  return new UnprocessableError(
    {
      zh: `字段对照中的列“${column}”不在文件中。文件的列:${list}`,
      en: `The file has no column "${column}" that the mapping names; it has: ${list}`,
    },
    { field: 'mapping' },
  );
}
