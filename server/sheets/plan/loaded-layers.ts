/** Which layers hold data, and from which datasets. */
import type { LayerDefinition } from '../../../geodata/catalogue/layer-definition.ts';
import { type Dataset, readDatasets } from '../../catalogue/layer-summary.ts';
import type { Queryable } from '../../db/database.ts';

export type LoadedLayers = ReadonlyMap<string, readonly Dataset[]>;

/** Datasets by layer id, newest first; layers that hold none are left out. */
export async function loadedLayers(
  client: Queryable,
  catalogue: readonly LayerDefinition[],
): Promise<LoadedLayers> {
  const datasets = await readDatasets(client);
  return new Map(
    catalogue.flatMap(({ id }) => {
      const own = datasets.get(id) ?? [];
      return own.length === 0 ? [] : [[id, own] as const];
    }),
  );
}
