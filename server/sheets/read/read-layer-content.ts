/** Features of one layer as they are drawn on a sheet, read in batches so that nobody waits long behind one. */

import type { LayerDefinition } from '../../../geodata/catalogue/layer-definition.ts';
import type { Dataset } from '../../catalogue/layer-summary.ts';
import type { Queryable } from '../../db/database.ts';
import {
  type PaperPlace,
  type SheetRow,
  sheetOutlineStatement,
  sheetStatement,
} from '../../db/layer-sheet-sql.ts';
import type { LayerContent, PlannedLayer, SheetFeature, SheetPlan } from '../sheet-content.ts';

const read = { class: 'read', isRepeated: true, readsOnly: true } as const;

type FeatureTuple = [
  code: string,
  title: string | null,
  titleEn: string | null,
  category: string | null,
  area: number | null,
];

/**
 * What of the layer meets the frame and belongs to the subject: the county's own features on a sheet of a county, the site's own
 * patches on a page of a site. In the order of the table's key. Shapes may be cut outside the frame; anchors are where they
 * are, also outside it.
 */
export async function readLayerContent(
  client: Queryable,
  plan: Pick<SheetPlan, 'spec' | 'focus'>,
  { definition, entries }: PlannedLayer,
  place: PaperPlace,
  datasets: readonly Dataset[],
): Promise<LayerContent> {
  const filter = {
    asOf: definition.history === null ? null : (plan.spec.asOf ?? null),
    categories: entries === null ? null : valuesOf(definition, entries),
    county: plan.focus.kind === 'county' ? plan.focus.adcode : null,
    site: plan.focus.kind === 'site' ? plan.focus.code : null,
  };
  const features: SheetFeature[] = [];
  const parts: Record<'shapes' | 'anchors' | 'axes', Buffer[]> = { shapes: [], anchors: [], axes: [] };
  let revision = '0';
  let afterKey: string | null = null;
  do {
    const { text, params } = sheetStatement(definition, place, filter, afterKey);
    const [row]: SheetRow[] = await client.query<SheetRow>(text, params, read);
    if (row === undefined) throw new Error('the sheet statement gave no row');
    for (const tuple of JSON.parse(row.features) as FeatureTuple[]) features.push(toFeature(tuple));
    for (const name of ['shapes', 'anchors', 'axes'] as const) {
      const bytes = row[name];
      if (bytes !== null) parts[name].push(bytes);
    }
    revision = row.revision;
    afterKey = row.next_key;
  } while (afterKey !== null);
  const { anchor, axis } = definition.table;
  return {
    layerId: definition.id,
    features,
    shapes: joined(parts.shapes),
    anchors: anchor === null ? null : joined(parts.anchors),
    axes: axis === null ? null : joined(parts.axes),
    datasets: [...datasets],
    revision,
  };
}

/** The outline of the feature with this value in `field`, in the units of shapes; null where there is none. */
export async function readOutline(
  client: Queryable,
  layer: LayerDefinition,
  place: PaperPlace,
  { field, value }: { field: string; value: string },
): Promise<Uint8Array | null> {
  const { text, params } = sheetOutlineStatement(layer, place, value, field);
  const [row] = await client.query<{ shape: Buffer }>(text, params, read);
  return row === undefined ? null : ownBytes(row.shape);
}

function valuesOf({ style }: LayerDefinition, entries: readonly string[]): string[] {
  return (style.categories?.entries ?? [])
    .filter(({ id }) => entries.includes(id))
    .flatMap(({ values }) => values);
}

function toFeature([code, title, titleEn, category, areaSquareMeters]: FeatureTuple): SheetFeature {
  return { code, title, titleEn: titleEn === '' ? null : titleEn, category, areaSquareMeters };
}

function joined(parts: readonly Buffer[]): Uint8Array {
  return ownBytes(Buffer.concat(parts));
}

/** Without the pool of buffers it was cut from, which would travel with it to another thread. */
function ownBytes(bytes: Buffer): Uint8Array {
  return new Uint8Array(bytes);
}
