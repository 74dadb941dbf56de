/** What an import will do to the layer that stands there, said before it is done. Pure. */
import type { CatalogueLayer } from '../../../geodata/contract/catalogue.ts';
import type { Classification, ImportMode } from '../../../geodata/contract/imports.ts';
import { anonymousMayRead } from '../../../geodata/domain/can.ts';

const MINE_SITES = 'mine_sites';
const MINE_PATCHES = 'mine_patches';

export function holdsSample({ datasets }: Pick<CatalogueLayer, 'datasets'>): boolean {
  return datasets.some(({ kind }) => kind === 'sample');
}

/** Over the sample only replacing makes sense: the two must not stand mixed. */
export function modesFor(layer: Pick<CatalogueLayer, 'datasets'>): readonly ImportMode[] {
  return holdsSample(layer) ? ['replace'] : ['replace', 'upsert', 'append'];
}

/** Layers that whoever has not signed in can read now and will not read afterwards; sites take their patches along. */
export function layersClosedBy(
  layerId: string,
  layers: readonly Pick<CatalogueLayer, 'definition' | 'datasets'>[],
): CatalogueLayer['definition'][] {
  const together = layerId === MINE_SITES ? [MINE_SITES, MINE_PATCHES] : [layerId];
  return layers
    .filter(({ definition, datasets }) => {
      const access = {
        permissions: definition.permissions,
        anonymousReadSetting: null,
        hasOfficialData: datasets.some(({ kind }) => kind === 'official'),
      };
      return together.includes(definition.id) && anonymousMayRead(access);
    })
    .map(({ definition }) => definition);
}

/** The classification a new delivery of the same official data has; null where one must be chosen. */
export function inheritedClassification({
  datasets,
}: Pick<CatalogueLayer, 'datasets'>): Classification | null {
  return datasets.find(({ kind }) => kind === 'official')?.classification ?? null;
}
