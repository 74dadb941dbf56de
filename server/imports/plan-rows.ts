/** Which column of a delivery feeds which field: suggested by name, a saved profile over that, what is said for this import over both. */
import type { Bilingual, LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import type { ImportSettings } from '../../geodata/contract/imports.ts';
import type { Queryable } from '../db/database.ts';
import { UnprocessableError } from '../errors.ts';
import type { Delivery, RowPlan } from './import-steps.ts';
import { mapColumns } from './map-fields.ts';
import { findProfile } from './profiles.ts';

/** The plan, and the columns nothing uses. Throws UnprocessableError where the CRS is open or the mapping names what is not there. */
export async function planRows(
  client: Queryable,
  layer: LayerDefinition,
  { inspection, crs }: Delivery,
  { profile, mapping }: ImportSettings,
): Promise<RowPlan & { unused: string[] }> {
  if (crs === null) throw new UnprocessableError(inspection.crsProblem ?? noCrs, { field: 'crs' });
  const { columns: names, encoding } = inspection;
  const saved = profile === undefined ? {} : (await findProfile(client, profile, layer.id)).columns;
  // A profile serves files that lack some of its columns.
  const present = Object.entries(saved).filter(([, column]) => column === null || names.includes(column));
  const mapped = mapColumns(layer, names, encoding?.name ?? null, mapping, Object.fromEntries(present));
  return { layer, crs, ...mapped };
}

const noCrs: Bilingual = {
  zh: '文件没有说明坐标系,请用 --crs 指定。',
  en: 'The file states no CRS; give it with --crs.',
};
