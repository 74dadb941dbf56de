/** The sample mine sites alone, made again where an import that replaced them is taken back: the generator gives the same ones. */
import type { Region } from '../../geodata/reference/region-schema.ts';
import { generateSample } from '../../geodata/sample/generate-sample.ts';
import type { SampleData } from '../../geodata/sample/sample-data.ts';
import type { Queryable } from '../db/database.ts';
import type { StandingDataset } from './kept-state.ts';
import { appendEvents } from './load-sample.ts';
import { patchLayer, siteLayer } from './mine-layers.ts';
import { insertFeatures } from './write-features.ts';

export type SampleMines = Pick<SampleData, 'layers' | 'events'>;

/** Takes seconds of computing. */
export function makeSampleMines(region: Region): SampleMines {
  const { layers, events } = generateSample(region);
  return { layers, events };
}

/** Stores sites, patches and events under the datasets they had, whose chain begins anew. */
export async function restoreSampleMines(
  client: Queryable,
  { layers, events }: SampleMines,
  datasets: readonly StandingDataset[],
): Promise<void> {
  const datasetOf = (layerId: string): string | undefined =>
    datasets.find((dataset) => dataset.layerId === layerId && dataset.kind === 'sample')?.id;
  const [sites, patches] = [datasetOf('mine_sites'), datasetOf('mine_patches')];
  if (sites === undefined) return;
  await insertFeatures(client, siteLayer(), sites, layers.mine_sites);
  if (patches !== undefined) await insertFeatures(client, patchLayer(), patches, layers.mine_patches);
  await appendEvents(client, events, sites);
}
