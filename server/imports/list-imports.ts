/** The imports of the past, each with whether it can be taken back. */
import type { ImportedDataset } from '../../geodata/contract/imports.ts';
import type { Context } from '../context.ts';
import { namedSql } from '../db/named-sql.ts';
import { readTakeBack } from './take-back-refusal.ts';

const read = { class: 'read' } as const;

type ListedRow = Pick<ImportedDataset, 'id' | 'kind' | 'mode' | 'title' | 'state'> & {
  layer_id: string;
  source_file: string | null;
  as_of: string;
  feature_count: number;
  created_at: string;
};

/** Newest first: what stands, what a later import replaced, what was taken back. */
export async function listImports({ database }: Pick<Context, 'database'>): Promise<ImportedDataset[]> {
  return database.transaction(
    async (client) => {
      const rows = await client.query<ListedRow>(namedSql('imports/list-imports'), [], read);
      const listed: ImportedDataset[] = [];
      for (const row of rows) {
        const found = await readTakeBack(client, row.id);
        listed.push({
          id: row.id,
          layerId: row.layer_id,
          kind: row.kind,
          mode: row.mode,
          title: row.title,
          fileName: row.source_file,
          asOf: row.as_of,
          featureCount: row.feature_count,
          createdAt: row.created_at,
          state: row.state,
          takeBackRefusal: found?.refusal ?? null,
        });
      }
      return listed;
    },
    { class: 'read', isolation: 'snapshot' },
  );
}
