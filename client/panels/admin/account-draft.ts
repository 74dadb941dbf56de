/** What an administrator has typed of an account, and what is missing of it. Pure. */
import { type AccountRecord, type NewAccount, usernameSchema } from '../../../geodata/contract/accounts.ts';
import { type RoleId, scopedRoleIds } from '../../../geodata/contract/session.ts';

export type AccountDraft = {
  username: string;
  name: string;
  role: RoleId;
  layers: string[];
  units: string[];
};
export type AccountProblem = { field: keyof AccountDraft; why: 'required' | 'usernameWrong' | 'chooseOne' };

/** A new account begins as an editor of everything that is marked, in no unit yet. */
export function firstAccountDraft(account: AccountRecord | null, layers: readonly string[]): AccountDraft {
  if (account === null) return { username: '', name: '', role: 'editor', layers: [...layers], units: [] };
  const { username, name, role } = account;
  const hasLayers = account.layers.length > 0;
  return { username, name, role, layers: hasLayers ? account.layers : [...layers], units: account.units };
}

export function hasScope(role: RoleId): boolean {
  return scopedRoleIds.some((id) => id === role);
}

/** Roles without a scope send none. */
export function readAccount(draft: AccountDraft): { account: NewAccount; problems: AccountProblem[] } {
  const problems: AccountProblem[] = [];
  const name = draft.name.trim();
  if (!usernameSchema.safeParse(draft.username).success) {
    problems.push({ field: 'username', why: draft.username.trim() === '' ? 'required' : 'usernameWrong' });
  }
  if (name === '') problems.push({ field: 'name', why: 'required' });
  const scoped = hasScope(draft.role);
  if (scoped && draft.layers.length === 0) problems.push({ field: 'layers', why: 'chooseOne' });
  if (scoped && draft.units.length === 0) problems.push({ field: 'units', why: 'chooseOne' });
  const account = {
    username: draft.username.trim().toLowerCase(),
    name,
    role: draft.role,
    layers: scoped ? draft.layers : [],
    units: scoped ? draft.units : [],
  };
  return { account, problems };
}
