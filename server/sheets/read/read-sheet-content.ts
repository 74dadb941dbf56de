/** All that a sheet draws and tells, read from the database in one state of the data. */
import { createHash } from 'node:crypto';
import type { SheetNotice } from '../../../geodata/contract/sheets.ts';
import type { Queryable } from '../../db/database.ts';
import { progressIn, progressOfCounty } from '../../remediation/read-progress.ts';
import { type LoadedLayers, loadedLayers } from '../plan/loaded-layers.ts';
import { basemapFailed } from '../plan/plan-notices.ts';
import type { LayerContent, SheetContent, SheetPlan, SiteContent } from '../sheet-content.ts';
import type { SheetReader, SheetSources } from '../sheet-sources.ts';
import { inOneState } from './in-one-state.ts';
import { paperPlace } from './paper-place.ts';
import { readInset } from './read-inset.ts';
import { readLayerContent, readOutline } from './read-layer-content.ts';
import { readSiteContent } from './read-site-content.ts';
import { sitePhotos } from './site-photos.ts';
import { warpBasemap } from './warp-basemap.ts';

type ReadOptions = {
  /** Name of the user and time, printed across sheets of 工作秘密(内部). */
  watermark: string | null;
  page: SheetContent['page'];
  signal?: AbortSignal;
};

type Read = Omit<
  SheetContent,
  'plan' | 'regionName' | 'bureau' | 'basemap' | 'date' | 'watermark' | 'page' | 'site'
> & { site: Omit<SiteContent, 'photos'> | null };

/**
 * The content of a planned sheet. Layers that have been closed to the reader since it was planned are refused as readingRights
 * does. `plan` in the answer has the notices of what was only found while reading.
 */
export async function readSheetContent(
  sources: SheetSources,
  reader: SheetReader,
  plan: SheetPlan,
  { watermark, page, signal }: ReadOptions,
): Promise<SheetContent> {
  for (const { definition } of plan.layers) reader.rights.check(definition);
  const fetching = fetchBasemap(sources, plan, signal);
  // It may fail before anybody waits for it.
  fetching.catch(() => undefined);
  const read = await inOneState(sources.database, (client) => readAll(client, sources, reader, plan));
  signal?.throwIfAborted();
  const site = read.site && {
    ...read.site,
    photos: await sitePhotos(sources, reader, {
      code: read.site.code,
      asOf: plan.spec.asOf,
      parts: plan.layout.parts,
    }),
  };
  const { basemap, notices } = await fetching;
  signal?.throwIfAborted();
  return {
    plan: { ...plan, notices: [...plan.notices, ...notices] },
    regionName: sources.region.title,
    bureau: sources.region.bureau,
    ...read,
    site,
    basemap,
    date: plan.spec.date ?? reader.today,
    watermark: plan.spec.classification === 'internal' ? watermark : null,
    page,
  };
}

async function readAll(
  client: Queryable,
  sources: SheetSources,
  { rights, today }: SheetReader,
  plan: SheetPlan,
): Promise<Read> {
  const { catalogue } = sources;
  const { spec, focus } = plan;
  const place = await paperPlace(client, plan);
  const loaded = await loadedLayers(client, catalogue);
  const layers: LayerContent[] = [];
  for (const layer of plan.layers) {
    layers.push(await readLayerContent(client, plan, layer, place, loaded.get(layer.definition.id) ?? []));
  }
  const readable = (id: string) => {
    const layer = catalogue.find((each) => each.id === id);
    return layer !== undefined && loaded.has(id) && rights.mayRead(layer) ? layer : undefined;
  };
  const counties = readable('counties');
  const progress =
    readable('mine_sites') === undefined ? null : await readProgressOf(client, sources, plan, today);
  return {
    layers,
    focusShape:
      focus.kind === 'county' && counties !== undefined
        ? await readOutline(client, counties, place, { field: 'adcode', value: focus.adcode })
        : null,
    inset: counties === undefined ? null : await readInset(client, plan),
    progress,
    site: focus.kind === 'site' ? await readSiteContent(client, sources, plan, focus.code) : null,
    ...stateOfData(spec.asOf, layers, loaded, progress),
  };
}

/** Of the county on its sheet, of the whole region on others; a page of one site needs none. */
function readProgressOf(
  client: Queryable,
  { region }: SheetSources,
  { spec, focus }: SheetPlan,
  today: string,
): Promise<SheetContent['progress']> {
  const request = { asOf: spec.asOf ?? null, today };
  switch (focus.kind) {
    case 'site':
      return Promise.resolve(null);
    case 'county':
      return progressOfCounty(client, { ...request, county: focus.adcode });
    case 'region':
    case 'extent':
      return progressIn(client, region, { ...request, by: null });
  }
}

/**
 * Days and mark of the data drawn. Mine sites are known to the day of their last event, other layers to the 资料截止日期 of their
 * datasets.
 */
function stateOfData(
  asOf: string | undefined,
  layers: readonly LayerContent[],
  loaded: LoadedLayers,
  progress: SheetContent['progress'],
): Pick<Read, 'dataAsOf' | 'effectiveOn' | 'hasSampleData' | 'dataVersion'> {
  const datasets = layers.flatMap(({ layerId }) => loaded.get(layerId) ?? []);
  const days = datasets.map((dataset) => dataset.asOf).sort();
  const [oldest] = days;
  const newest = days.at(-1);
  const drawsSites = layers.some(({ layerId }) => layerId === 'mine_sites');
  return {
    dataAsOf: oldest === undefined || newest === undefined ? null : { oldest, newest },
    effectiveOn: asOf ?? (drawsSites ? progress?.asOf : undefined) ?? newest ?? null,
    hasSampleData: datasets.some(({ kind }) => kind === 'sample'),
    dataVersion: createHash('sha256')
      .update(
        JSON.stringify([
          asOf ?? null,
          layers.map(({ layerId, revision }) => [layerId, revision]),
          datasets.map(({ id, asOf: day, kind }) => [id, day, kind]),
        ]),
      )
      .digest('hex')
      .slice(0, 8),
  };
}

async function fetchBasemap(
  { basemap, database, log }: SheetSources,
  plan: SheetPlan,
  signal: AbortSignal | undefined,
): Promise<{ basemap: SheetContent['basemap']; notices: SheetNotice[] }> {
  if (!plan.spec.basemap || basemap === null) return { basemap: null, notices: [] };
  try {
    const bytes = await warpBasemap(database, basemap, plan, signal);
    const { zh, en } = basemap.description.attribution;
    return { basemap: { bytes, attribution: plan.spec.language === 'en' ? en : zh }, notices: [] };
  } catch (error) {
    log.warn({ err: error }, 'sheets: a sheet goes without its basemap');
    return { basemap: null, notices: [basemapFailed()] };
  }
}
