/** Accounts and sessions for tests, made by the use cases themselves, without the time a sign-in takes. */
import { csrfHeader, type RoleId, type SignedInAccount } from '../geodata/contract/session.ts';
import { addAccount } from '../server/accounts/manage-accounts.ts';
import type { PasswordCost } from '../server/accounts/password-cost.ts';
import { openSession } from '../server/accounts/sessions.ts';
import type { Context } from '../server/context.ts';

/** As cheap as argon2 can be. */
export const cheapPasswordCost: PasswordCost = { memoryKiB: 8, passes: 1 };

export type AccountWishes = {
  /** Reporting units of an editor or county reviewer; 兴国县 where nothing is said. */
  units?: string[];
  /** Layers of these; mine sites and patches where nothing is said. */
  layers?: string[];
  username?: string;
  mustChangePassword?: boolean;
};

export type SignedIn = {
  account: SignedInAccount;
  /** Cookie and CSRF token: for reading and for changing things. */
  headers: { cookie: string; [csrfHeader]: string };
};

let count = 0;

/** A new account of the role, signed in. */
export async function signedInAs(
  context: Context,
  role: RoleId,
  { units = ['360732'], layers = ['mine_sites', 'mine_patches'], ...wishes }: AccountWishes = {},
): Promise<SignedIn> {
  count += 1;
  const username = wishes.username ?? `${role.replace('_', '-')}-${count}`;
  const config = {
    ...context.config,
    accounts: { ...context.config.accounts, passwordCost: cheapPasswordCost },
  };
  const { account: added } = await addAccount(
    { ...context, config },
    { username, name: `${role} ${count}`, role, layers, units },
    { actor: 'test' },
  );
  const { mustChangePassword = false } = wishes;
  await context.database.query(
    'update app.account set must_change_password = $2 where id = $1',
    [added.id, mustChangePassword],
    { class: 'lookup' },
  );
  const account: SignedInAccount = {
    role,
    id: added.id,
    username,
    name: added.name,
    layers: added.layers,
    units: added.units,
    mustChangePassword,
  };
  const { id, csrfToken } = await openSession(context.database, config.accounts, account);
  return { account, headers: { cookie: `lantu_session=${id}`, [csrfHeader]: csrfToken } };
}
