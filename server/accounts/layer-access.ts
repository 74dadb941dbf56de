/** Who may read which layer without an account: as it is, and changing it. */
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import { anonymousMayRead } from '../../geodata/domain/can.ts';
import type { Database } from '../db/database.ts';
import { namedSql } from '../db/named-sql.ts';
import { NotFoundError } from '../errors.ts';

export type LayerAccessLine = {
  layer: LayerDefinition;
  mayReadAnonymously: boolean;
  /** Null: by definition. */
  setting: boolean | null;
  hasOfficialData: boolean;
  /** Official data that is not public stands in the layer. */
  isSensitive: boolean;
};

type AccessRow = {
  layer_id: string;
  anonymous_read: boolean | null;
  has_official_data: boolean;
  classifications: string[];
};

/** In the order of the catalogue. */
export async function listLayerAccess(
  database: Database,
  layers: readonly LayerDefinition[],
): Promise<LayerAccessLine[]> {
  const rows = await database.query<AccessRow>(
    namedSql('accounts/list-layer-access'),
    [layers.map(({ id }) => id)],
    { class: 'lookup' },
  );
  const byLayer = new Map(rows.map((row) => [row.layer_id, row]));
  return layers.map((layer) => {
    const row = byLayer.get(layer.id);
    const setting = row?.anonymous_read ?? null;
    const hasOfficialData = row?.has_official_data ?? false;
    const { permissions } = layer;
    return {
      layer,
      setting,
      hasOfficialData,
      mayReadAnonymously: anonymousMayRead({ permissions, anonymousReadSetting: setting, hasOfficialData }),
      isSensitive: (row?.classifications ?? []).some((classification) => classification !== 'public'),
    };
  });
}

/** `anonymousRead` null: by definition again. Leaves a line in the audit. Throws NotFoundError naming the layers. */
export async function setAnonymousRead(
  database: Database,
  layers: readonly LayerDefinition[],
  change: { layerId: string; anonymousRead: boolean | null; actor: string },
): Promise<LayerAccessLine> {
  const layer = layers.find(({ id }) => id === change.layerId);
  if (layer === undefined) {
    const list = layers.map(({ id, title }) => `${id}(${title.zh})`).join('、');
    throw new NotFoundError(
      {
        zh: `没有图层“${change.layerId}”。可选:${list}`,
        en: `There is no layer "${change.layerId}"; choose one of: ${list}`,
      },
      { field: 'layer' },
    );
  }
  await database.query(
    namedSql('accounts/set-anonymous-read'),
    [layer.id, change.anonymousRead, change.actor],
    { class: 'lookup' },
  );
  const [line] = await listLayerAccess(database, [layer]);
  if (line === undefined) throw new Error(`no access of ${layer.id}`);
  return line;
}
