/** Rows of app.dataset: where the features of a layer come from. */
import type { Classification, ImportMode, PositionDoubt } from '../../geodata/contract/imports.ts';
import type { Queryable } from '../db/database.ts';
import { namedSql } from '../db/named-sql.ts';

export type NewDataset = {
  layerId: string;
  kind: 'sample' | 'official';
  title: string;
  source: string;
  /** 资料截止日期, YYYY-MM-DD. */
  asOf: string;
  classification: Classification;
  mode: ImportMode;
  positionDoubt: PositionDoubt | null;
  /** What was read, for imported files. */
  file?: { name: string; sha256: string; crs: string; encoding: string | null };
};

/** Id of the new dataset, which has no features yet (see finishDataset). */
export async function createDataset(client: Queryable, dataset: NewDataset): Promise<string> {
  const rows = await client.query<{ id: string }>(
    namedSql('imports/create-dataset'),
    [
      dataset.layerId,
      dataset.kind,
      dataset.title,
      dataset.source,
      dataset.asOf,
      dataset.classification,
      dataset.file?.name ?? null,
      dataset.file?.sha256 ?? null,
      dataset.file?.crs ?? null,
      dataset.file?.encoding ?? null,
      dataset.mode,
      dataset.positionDoubt,
    ],
    { class: 'lookup' },
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('app.dataset returned no id');
  return id;
}

/** Writes the count and the report of what was read and assumed. */
export async function finishDataset(
  client: Queryable,
  datasetId: string,
  outcome: { featureCount: number; report?: object },
): Promise<void> {
  await client.query(
    namedSql('imports/finish-dataset'),
    [datasetId, outcome.featureCount, JSON.stringify(outcome.report ?? {})],
    { class: 'lookup' },
  );
}
