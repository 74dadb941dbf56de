/**
 * The sample in the database: loads it in one transaction into a database without data, removes it again, says
 * what is there. What it consists of is made by geodata/sample.
 */
import { catalogue } from '../../geodata/catalogue/index.ts';
import type { Bilingual, LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import type { Region } from '../../geodata/reference/region-schema.ts';
import { generateSample } from '../../geodata/sample/generate-sample.ts';
import {
  type SampleData,
  type SampleLayerId,
  type SiteEvent,
  sampleLayerIds,
} from '../../geodata/sample/sample-data.ts';
import { analyze } from '../db/analyze.ts';
import type { Database, Queryable } from '../db/database.ts';
import { namedSql } from '../db/named-sql.ts';
import { UnprocessableError } from '../errors.ts';
import { createDataset, finishDataset } from './datasets.ts';
import { insertFeatures } from './write-features.ts';

/** Told each step; a loading that nobody waits for any more is given up before it is committed. */
export type SampleReporter = { report(text: Bilingual): void; signal?: AbortSignal };

export type LoadedSample = { featureCount: number; eventCount: number };

/** Events per statement: bounds its parameters, and the time the embedded engine is busy with one. */
const EVENTS_PER_STATEMENT = 2_000;

type DatasetCounts = { present: number; sample: number; ever: number };

async function countDatasets(client: Queryable): Promise<DatasetCounts> {
  const rows = await client.query<DatasetCounts>(namedSql('sample/count-datasets'), [], { class: 'lookup' });
  return rows[0] ?? { present: 0, sample: 0, ever: 0 };
}

/**
 * Stores the sample of the region and returns how much it was. All or nothing.
 * Throws UnprocessableError where the database holds data already.
 */
export async function loadSample(
  database: Database,
  region: Region,
  reporter: SampleReporter,
): Promise<LoadedSample> {
  const loaded = await load(database, region, reporter, ({ present }) => present === 0);
  if (loaded !== null) return loaded;
  throw new UnprocessableError({
    zh: '数据库中已有数据,未载入示意数据。请先清除示意数据(npm run sample -- --clear),或使用空数据库。',
    en: 'The database holds data already; the sample was not loaded. Clear the sample first (npm run sample -- --clear) or use an empty database.',
  });
}

/** At the first start: loads the sample where the database never held any dataset; where one was cleared it stays so. */
export async function loadSampleIfEmpty(
  database: Database,
  region: Region,
  onProgress: (line: string) => void,
): Promise<void> {
  const reporter: SampleReporter = { report: ({ zh, en }) => onProgress(`${zh} · ${en}`) };
  if ((await countDatasets(database)).ever > 0) return;
  await load(database, region, reporter, ({ ever }) => ever === 0);
}

async function load(
  database: Database,
  region: Region,
  reporter: SampleReporter,
  mayLoad: (counts: DatasetCounts) => boolean,
): Promise<LoadedSample | null> {
  const loaded = await database.transaction(
    async (client) => {
      await client.query(namedSql('sample/lock-loading'), [], { class: 'bulk' });
      if (!mayLoad(await countDatasets(client))) return null;
      reporter.report({ zh: '正在生成示意数据', en: 'Making the sample' });
      const sample = generateSample(region);
      reporter.report({ zh: '正在载入示意数据', en: 'Loading the sample' });
      return await store(client, sample, region, reporter.signal);
    },
    { class: 'bulk' },
  );
  if (loaded === null) return null;
  await analyze(database);
  reporter.report({
    zh: `已载入示意数据:要素 ${loaded.featureCount} 个,进展记录 ${loaded.eventCount} 条`,
    en: `Loaded the sample: ${loaded.featureCount} features, ${loaded.eventCount} progress events`,
  });
  return loaded;
}

async function store(
  client: Queryable,
  sample: SampleData,
  region: Region,
  signal: AbortSignal | undefined,
): Promise<LoadedSample> {
  await storeReportingUnits(client, sample);
  const datasetIds = new Map<SampleLayerId, string>();
  let featureCount = 0;
  // Sites come before their patches in the list, and a site's geometry follows from its patches by trigger.
  for (const layerId of sampleLayerIds) {
    signal?.throwIfAborted();
    const features = sample.layers[layerId];
    const datasetId = await createDataset(client, {
      layerId,
      kind: 'sample',
      ...sample.datasets[layerId],
      asOf: region.sample.asOf,
      classification: 'public',
      mode: 'replace',
      positionDoubt: null,
    });
    datasetIds.set(layerId, datasetId);
    featureCount += await insertFeatures(client, definitionOf(layerId), datasetId, features);
    await finishDataset(client, datasetId, { featureCount: features.length });
  }
  const siteDatasetId = datasetIds.get('mine_sites') ?? '';
  await storeCampaign(client, sample, siteDatasetId);
  signal?.throwIfAborted();
  await appendEvents(client, sample.events, siteDatasetId);
  return { featureCount, eventCount: sample.events.length };
}

function definitionOf(layerId: SampleLayerId): LayerDefinition {
  const layer = catalogue.find(({ id }) => id === layerId);
  if (layer === undefined) throw new Error(`the catalogue has no layer ${layerId}`);
  return layer;
}

async function storeReportingUnits(client: Queryable, { reportingUnits: units }: SampleData): Promise<void> {
  await client.query(
    namedSql('sample/store-reporting-units'),
    [
      units.map(({ code }) => code),
      units.map(({ name }) => name),
      units.map(({ nameEn }) => nameEn),
      units.map(({ kind }) => kind),
      units.map(({ countyAdcode }) => countyAdcode),
      units.map(({ sortOrder }) => sortOrder),
    ],
    { class: 'bulk' },
  );
}

async function storeCampaign(client: Queryable, sample: SampleData, datasetId: string): Promise<void> {
  const { campaign } = sample;
  await client.query(
    namedSql('sample/store-campaign'),
    [
      campaign.code,
      campaign.name,
      campaign.nameEn,
      campaign.document,
      campaign.baseCount,
      campaign.baseAreaSquareMeters,
      campaign.from,
      campaign.to,
      datasetId,
      sample.campaignSites,
    ],
    { class: 'bulk' },
  );
}

/** Appends events to the chain of a dataset, in their order. */
export async function appendEvents(
  client: Queryable,
  events: readonly SiteEvent[],
  datasetId: string,
): Promise<void> {
  for (let start = 0; start < events.length; start += EVENTS_PER_STATEMENT) {
    const batch = events.slice(start, start + EVENTS_PER_STATEMENT);
    await client.query(
      namedSql('sample/append-events'),
      [
        datasetId,
        batch.map(({ siteCode }) => siteCode),
        batch.map(({ status }) => status),
        batch.map(({ effectiveOn }) => effectiveOn),
        batch.map(({ period }) => period),
        batch.map(({ recordedAt }) => recordedAt),
        batch.map(({ recordedBy }) => recordedBy),
        batch.map(({ progressPercent }) => progressPercent),
        batch.map(({ treatedAreaSquareMeters }) => treatedAreaSquareMeters),
        batch.map(({ note }) => note),
      ],
      { class: 'bulk' },
    );
  }
}

/** Removes the sample and returns the removed rows by table; nothing to remove gives zeros. Audited under `actor`. */
export async function clearSample(database: Database, actor: string): Promise<Record<string, number>> {
  const rows = await database.query<{ removed: Record<string, number> }>(
    namedSql('sample/clear-sample'),
    [actor],
    { class: 'bulk' },
  );
  return rows[0]?.removed ?? {};
}

export type SampleDataset = { layer_id: string; title: string; feature_count: number; as_of: string };

/** The sample datasets the database holds; empty where there are none. */
export async function describeSample(client: Queryable): Promise<SampleDataset[]> {
  return client.query<SampleDataset>(namedSql('sample/describe-sample'), [], { class: 'lookup' });
}
