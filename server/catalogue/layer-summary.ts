/** What is in the database of each layer, kept while no layer and no dataset changes. */
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import type { CatalogueLayer } from '../../geodata/contract/catalogue.ts';
import type { Database, Queryable } from '../db/database.ts';
import { type LayerSummaryRow, layerSummaryStatement } from '../db/layer-summary-sql.ts';
import { namedSql } from '../db/named-sql.ts';
import type { Revisions } from '../system/revisions.ts';

export type Dataset = CatalogueLayer['datasets'][number];

export type LayerSummary = {
  revision: string;
  featureCount: number;
  extent: [number, number, number, number] | null;
  /** First and last day of the temporal field. */
  period: [string, string] | null;
  valueCounts: Record<string, number>;
  datasets: Dataset[];
  hasDataset: boolean;
};

type DatasetRow = {
  id: string;
  layer_id: string;
  kind: Dataset['kind'];
  title: string;
  source: string;
  as_of: string;
  classification: Dataset['classification'];
  feature_count: number;
  created_at: string;
  source_crs: string | null;
  source_encoding: string | null;
  source_file: string | null;
  position_doubt: Dataset['positionDoubt'];
};

export type SummaryReader = (revisions: Revisions) => Promise<ReadonlyMap<string, LayerSummary>>;

/** Reads anew only when the revisions differ from those of the last reading. */
export function createSummaryReader(database: Database, layers: readonly LayerDefinition[]): SummaryReader {
  let last: { revisions: string; summaries: Promise<ReadonlyMap<string, LayerSummary>> } | undefined;
  return (revisions) => {
    if (last?.revisions === revisions.all) return last.summaries;
    const reading = { revisions: revisions.all, summaries: readLayerSummaries(database, layers) };
    last = reading;
    reading.summaries.catch(() => {
      if (last === reading) last = undefined;
    });
    return reading.summaries;
  };
}

/** Summaries by layer id, all of one moment. */
function readLayerSummaries(
  database: Database,
  layers: readonly LayerDefinition[],
): Promise<Map<string, LayerSummary>> {
  return database.transaction((client) => readInSnapshot(client, layers), {
    class: 'read',
    isolation: 'snapshot',
  });
}

async function readInSnapshot(
  client: Queryable,
  layers: readonly LayerDefinition[],
): Promise<Map<string, LayerSummary>> {
  const { text, params } = layerSummaryStatement(layers);
  const rows = await client.query<LayerSummaryRow>(text, params, { class: 'read' });
  const datasets = await readDatasets(client);
  return new Map(rows.map((row) => [row.layer_id, toSummary(row, datasets.get(row.layer_id) ?? [])]));
}

/** Datasets that have not been removed, by layer id, the newest first. */
export async function readDatasets(client: Queryable): Promise<Map<string, Dataset[]>> {
  const rows = await client.query<DatasetRow>(namedSql('catalogue/list-datasets'), [], {
    class: 'read',
    readsOnly: true,
  });
  const byLayer = Map.groupBy(rows, ({ layer_id }) => layer_id);
  return new Map([...byLayer].map(([id, own]) => [id, own.map(toDataset)]));
}

function toSummary(row: LayerSummaryRow, datasets: Dataset[]): LayerSummary {
  const { min_lng, min_lat, max_lng, max_lat, first_day, last_day } = row;
  return {
    revision: row.revision,
    featureCount: row.feature_count,
    extent:
      min_lng === null || min_lat === null || max_lng === null || max_lat === null
        ? null
        : [min_lng, min_lat, max_lng, max_lat],
    period: first_day === null || last_day === null ? null : [first_day, last_day],
    valueCounts: row.value_counts,
    datasets,
    hasDataset: datasets.length > 0 || row.feature_count > 0,
  };
}

function toDataset(row: DatasetRow): Dataset {
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    source: row.source,
    asOf: row.as_of,
    classification: row.classification,
    featureCount: row.feature_count,
    createdAt: row.created_at,
    sourceCrs: row.source_crs,
    sourceEncoding: row.source_encoding,
    sourceFile: row.source_file,
    positionDoubt: row.position_doubt,
  };
}
