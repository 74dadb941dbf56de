/** Whose work list an account has (待办), if any. Pure. */
import type { Account } from '../../../geodata/contract/session.ts';
import { can } from '../../../geodata/domain/can.ts';
import { MINE_LAYER } from '../mine-layer.ts';

const layer = { id: MINE_LAYER };

/** `unit`: an editor's; `county` and `city`: of that level of review. Null: nothing waits for the account. */
export function workLevelOf(account: Account): 'unit' | 'county' | 'city' | null {
  if (account.role === 'anonymous') return null;
  if (can(account, 'review_city', layer)) return 'city';
  if (account.units.some((unit) => can(account, 'review_county', layer, unit))) return 'county';
  return account.units.some((unit) => can(account, 'mark', layer, unit)) ? 'unit' : null;
}

/** 系统管理: accounts and settings, or the trace. */
export function mayAdminister(account: Account): boolean {
  return can(account, 'manage_accounts') || can(account, 'read_trace');
}
