/** Whether an import can be taken back, and if not, why. */
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import type { Queryable } from '../db/database.ts';
import { countChangedSql } from '../db/layer-swap-sql.ts';
import { namedSql } from '../db/named-sql.ts';
import { type Kept, keptImports, readKept } from './kept-state.ts';
import { familyOf, layerOf } from './mine-layers.ts';

const bulk = { class: 'bulk' } as const;

export type TakeBack = { layerId: string; kept: Kept | null; refusal: Bilingual | null };

type DatasetRow = {
  layer_id: string;
  kind: 'sample' | 'official';
  is_replaced: boolean;
  is_taken_back: boolean;
  feature_count: number;
  later_id: string | null;
};

/** Null for a dataset there is not. */
export async function readTakeBack(client: Queryable, datasetId: string): Promise<TakeBack | null> {
  if (!/^\d{1,18}$/.test(datasetId)) return null;
  const families = await client.query<{ layer_id: string }>(
    namedSql('imports/layer-of-dataset'),
    [datasetId],
    bulk,
  );
  const layerId = families[0]?.layer_id;
  if (layerId === undefined) return null;
  const [row] = await client.query<DatasetRow>(
    namedSql('imports/describe-dataset'),
    [datasetId, familyOf(layerId)],
    bulk,
  );
  if (row === undefined) return null;
  const kept = await readKept(client, datasetId);
  return { layerId, kept, refusal: await refusalOf(client, datasetId, row, kept) };
}

async function refusalOf(
  client: Queryable,
  datasetId: string,
  row: DatasetRow,
  kept: Kept | null,
): Promise<Bilingual | null> {
  if (row.kind === 'sample') {
    return {
      zh: '示意数据不是入库得来,请用“清除示意数据”',
      en: 'sample data was not imported; clear the sample instead',
    };
  }
  if (row.is_taken_back) return { zh: '已经撤回', en: 'it was taken back already' };
  if (row.later_id !== null) {
    return {
      zh: `其后又有入库(数据集 ${row.later_id}),请先撤回后面的`,
      en: `a later import stands (dataset ${row.later_id}); take that one back first`,
    };
  }
  if (kept === null) {
    const parent = await client.query<{ dataset_id: string }>(
      namedSql('imports/sites-of-patches'),
      [datasetId],
      bulk,
    );
    const [sites] = parent;
    if (sites !== undefined) {
      return {
        zh: `图斑随矿山一起入库,请撤回矿山数据集 ${sites.dataset_id}`,
        en: `the patches came with their sites; take back dataset ${sites.dataset_id}`,
      };
    }
    return {
      zh: `此前的数据已不再保留(只保留最近 ${keptImports} 次入库,恢复备份后也不保留)`,
      en: `the former data is no longer kept (only that of the last ${keptImports} imports is, and none after a restore)`,
    };
  }
  if (row.is_replaced) return { zh: '数据已被替换或清除', en: 'its data was replaced or cleared' };
  return changedSince(client, datasetId, row, kept);
}

async function changedSince(
  client: Queryable,
  datasetId: string,
  row: DatasetRow,
  kept: Kept,
): Promise<Bilingual | null> {
  const layer = layerOf(row.layer_id);
  const [counted] = await client.query<{ standing: number; changed: number }>(
    countChangedSql(layer),
    [datasetId],
    bulk,
  );
  const gone = row.feature_count - (counted?.standing ?? 0);
  const changed = (counted?.changed ?? 0) + gone;
  if (changed > 0) {
    return {
      zh: `入库后已有 ${changed} 个要素被编辑或删除`,
      en: `${changed} of its features were edited or removed since`,
    };
  }
  if (row.layer_id !== 'mine_sites') return null;
  const [marked] = await client.query<{ sites: number }>(
    namedSql('imports/count-marked-sites'),
    [datasetId, Object.keys(kept.chains), Object.values(kept.chains)],
    bulk,
  );
  const sites = marked?.sites ?? 0;
  if (sites === 0) return null;
  return {
    zh: `入库后已有 ${sites} 座矿山登记了进展`,
    en: `progress was recorded on ${sites} of its sites since`,
  };
}
