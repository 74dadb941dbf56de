/**
 * Who may do what: the one place where a right is decided, asked by server and client alike. Pure: what stands in
 * the database about a layer is handed in.
 */
import type { LayerDefinition } from '../catalogue/layer-definition.ts';
import type { Account, RoleId } from '../contract/session.ts';

/** About one layer. `read`: its features, tiles and figures. `review_city`: 市级审核 of what counties have reviewed. */
export type LayerAction = 'read' | 'review_city';

/** About one layer in one reporting unit. `mark`: 填报 progress and fields. `review_county`: 县级审核 of it. */
export type UnitAction = 'mark' | 'review_county';

/**
 * About nothing in particular. `import`: files into layers, taking back, mapping profiles. `read_trace`: the audit and the
 * export of the whole trace. `read_details`: names in the history, photos and documents of sites whose layer the
 * caller may read.
 */
export type GeneralAction = 'import' | 'manage_accounts' | 'manage_settings' | 'read_trace' | 'read_details';

export type Action = LayerAction | UnitAction | GeneralAction;

/** What decides about reading a layer without an account. */
export type LayerAccess = {
  permissions: Pick<LayerDefinition['permissions'], 'anonymousRead'>;
  /** As set by the administrator or by an import; null: by definition. */
  anonymousReadSetting: boolean | null;
  /** Official data stands in the layer. */
  hasOfficialData: boolean;
};

type NamedLayer = Pick<LayerDefinition, 'id'>;

/** Everybody who has signed in may read every layer, with the names behind what was marked. */
const rolesByAction: Record<Exclude<Action, 'read' | 'read_details'>, readonly RoleId[]> = {
  mark: ['editor'],
  review_county: ['county_reviewer'],
  review_city: ['city_reviewer'],
  import: ['administrator'],
  manage_accounts: ['administrator'],
  manage_settings: ['administrator'],
  read_trace: ['auditor', 'administrator'],
};

/**
 * Whether the account may do it. `unit` is the code of the reporting unit of a site, null for a site that no unit
 * reports: nobody marks or reviews such a one. An account that must change its password may do nothing.
 */
export function can(account: Account, action: 'read', layer: LayerAccess): boolean;
export function can(account: Account, action: 'review_city', layer: NamedLayer): boolean;
export function can(account: Account, action: UnitAction, layer: NamedLayer, unit: string | null): boolean;
export function can(account: Account, action: GeneralAction): boolean;
export function can(
  account: Account,
  action: Action,
  layer?: LayerAccess | NamedLayer,
  unit?: string | null,
): boolean {
  if (account.role === 'anonymous') {
    return action === 'read' && layer !== undefined && 'permissions' in layer && anonymousMayRead(layer);
  }
  if (account.mustChangePassword) return false;
  if (action === 'read' || action === 'read_details') return true;
  if (!rolesByAction[action].includes(account.role)) return false;
  if (action !== 'mark' && action !== 'review_county') return true;
  if (layer === undefined || !('id' in layer) || unit === null || unit === undefined) return false;
  return account.layers.includes(layer.id) && account.units.includes(unit);
}

/** Whether a layer may be read without an account: the setting where there is one, else the definition. */
export function anonymousMayRead({
  permissions,
  anonymousReadSetting,
  hasOfficialData,
}: LayerAccess): boolean {
  if (anonymousReadSetting !== null) return anonymousReadSetting;
  switch (permissions.anonymousRead) {
    case 'always':
      return true;
    case 'never':
      return false;
    case 'sample-only':
      return !hasOfficialData;
  }
}
