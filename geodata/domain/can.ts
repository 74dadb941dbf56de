/**
 * Who may do what: the one place where a right is decided, asked by server and client alike. Pure: what stands in
 * the database about a layer is handed in.
 */
import type { LayerDefinition } from '../catalogue/layer-definition.ts';
import type { Account } from '../contract/session.ts';

/** `read`: features, tiles, figures of a layer. `import`: files into layers, taking back, mapping profiles. */
export type Action = 'read' | 'import';

/** What decides about reading a layer without an account. */
export type LayerAccess = {
  permissions: Pick<LayerDefinition['permissions'], 'anonymousRead'>;
  /** As set by the administrator or by an import; null: by definition. */
  anonymousReadSetting: boolean | null;
  /** Official data stands in the layer. */
  hasOfficialData: boolean;
};

/** Whether the account may do it; for `read` it is about one layer. */
export function can(account: Account, action: 'read', layer: LayerAccess): boolean;
export function can(account: Account, action: Exclude<Action, 'read'>): boolean;
export function can(account: Account, action: Action, layer?: LayerAccess): boolean {
  if (account.role === 'administrator') return true;
  switch (action) {
    case 'read':
      return layer !== undefined && anonymousMayRead(layer);
    case 'import':
      return false;
  }
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
