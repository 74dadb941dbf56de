/** The catalogue: region, layers, counts and datasets, as the client needs them. */
import { readFileSync } from 'node:fs';
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import type { CatalogueLayer, CatalogueResponse } from '../../geodata/contract/catalogue.ts';
import type { Region } from '../../geodata/reference/region-schema.ts';
import type { LayerSummary } from './layer-summary.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/**
 * Pure but for the version of the product; layers without a summary are left out, and of layers that may not be
 * read only the definition is told.
 */
export function catalogueResponse(
  region: Region,
  layers: readonly LayerDefinition[],
  summaries: ReadonlyMap<string, LayerSummary>,
  mayRead: (layer: LayerDefinition) => boolean,
): CatalogueResponse {
  const described = layers.flatMap((layer) => {
    const summary = summaries.get(layer.id);
    if (summary === undefined) return [];
    return [mayRead(layer) ? describeLayer(layer, summary) : describeClosed(layer, summary)];
  });
  const datasets = described.flatMap((layer) => layer.datasets);
  const days = datasets.map((dataset) => dataset.asOf).sort();
  const [oldest] = days;
  const newest = days.at(-1);
  return {
    product: { name: { zh: '览图', en: 'Lantu' }, version },
    region: {
      id: region.id,
      title: region.title,
      bureau: region.bureau,
      adcode: region.adcode,
      extent: region.extent,
      homeZones: region.homeZones,
      counties: region.counties.map(({ adcode, name, nameEn, seat }) => ({ adcode, name, nameEn, seat })),
    },
    dataAsOf: oldest === undefined || newest === undefined ? null : { oldest, newest },
    hasSampleData: datasets.some((dataset) => dataset.kind === 'sample'),
    layers: described,
  };
}

function describeLayer(definition: LayerDefinition, summary: LayerSummary): CatalogueLayer {
  return {
    definition,
    state: summary.hasDataset ? 'loaded' : 'not-loaded',
    mayRead: true,
    featureCount: summary.featureCount,
    revision: summary.revision,
    categoryCounts: countCategories(definition, summary.valueCounts),
    extent: summary.extent,
    datasets: summary.datasets,
    drawFrom: summary.featureCount > definition.tilesAboveFeatures ? 'tiles' : 'geojson',
  };
}

/** That it is loaded is told, so that nobody takes a closed layer for an empty one; what is in it is not. */
function describeClosed(definition: LayerDefinition, summary: LayerSummary): CatalogueLayer {
  return {
    definition,
    mayRead: false,
    state: summary.hasDataset ? 'loaded' : 'not-loaded',
    featureCount: 0,
    revision: '0',
    categoryCounts: {},
    extent: null,
    datasets: [],
    drawFrom: 'geojson',
  };
}

/** Features by legend entry; an entry sums its values. */
function countCategories(
  { style }: LayerDefinition,
  valueCounts: Readonly<Record<string, number>>,
): Record<string, number> {
  return Object.fromEntries(
    (style.categories?.entries ?? []).map((entry) => [
      entry.id,
      entry.values.reduce((sum, value) => sum + (valueCounts[value] ?? 0), 0),
    ]),
  );
}
