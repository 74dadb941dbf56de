/** For whom a sheet is made, and what they may see of the data at this moment. */
import type { LayerDefinition } from '../../../geodata/catalogue/layer-definition.ts';
import type { Account } from '../../../geodata/contract/session.ts';
import { type ReadingRights, readingRights } from '../../accounts/reading-rights.ts';
import type { Revisions } from '../../system/revisions.ts';

export type SheetOrderer = {
  account: Account;
  /** In the audit. */
  actor: string;
  /** Names who orders, for what one may have at once. */
  owner: string;
  /** Null without an account, and for a command. */
  accountId: string | null;
  /** A command on the machine of the service may read everything. */
  isCommand: boolean;
};

export function rightsOf(
  { account, isCommand }: SheetOrderer,
  catalogue: readonly LayerDefinition[],
  revisions: Revisions,
): ReadingRights {
  if (!isCommand) return readingRights(account, catalogue, revisions);
  return { mayRead: () => true, isTraced: () => false, scope: 'all', check: () => undefined };
}

/** `user`: name of the user of this machine who typed the command; printed where a sheet tells who printed it. */
export function commandOrderer(command: string, user: string): SheetOrderer {
  const account: Account = {
    role: 'administrator',
    id: '00000000-0000-4000-8000-000000000000',
    username: command,
    name: user,
    layers: [],
    units: [],
    mustChangePassword: false,
  };
  return { account, actor: command, owner: command, accountId: null, isCommand: true };
}
