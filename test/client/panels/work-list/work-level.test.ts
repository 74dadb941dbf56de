import { describe, expect, it } from 'vitest';
import { mayAdminister, workLevelOf } from '../../../../client/panels/work-list/work-level.ts';
import {
  anonymous,
  type RoleId,
  roleIds,
  type SignedInAccount,
} from '../../../../geodata/contract/session.ts';

const account = (role: RoleId, part: Partial<SignedInAccount> = {}): SignedInAccount => ({
  role,
  id: '00000000-0000-4000-8000-000000000001',
  username: 'somebody',
  name: '某人',
  layers: ['mine_sites'],
  units: ['360732'],
  mustChangePassword: false,
  ...part,
});

describe('whose work list an account has', () => {
  it('is that of editors and reviewers, each of their level', () => {
    expect(roleIds.map((role) => [role, workLevelOf(account(role))])).toEqual([
      ['viewer', null],
      ['editor', 'unit'],
      ['county_reviewer', 'county'],
      ['city_reviewer', 'city'],
      ['administrator', null],
      ['auditor', null],
    ]);
    expect(workLevelOf(anonymous)).toBeNull();
  });

  it('is none without mine sites in the scope, and none until the password is changed', () => {
    expect(workLevelOf(account('editor', { layers: ['mine_patches'] }))).toBeNull();
    expect(workLevelOf(account('editor', { units: [] }))).toBeNull();
    expect(workLevelOf(account('city_reviewer', { mustChangePassword: true }))).toBeNull();
  });

  it('leaves administration to administrators and auditors', () => {
    expect(roleIds.filter((role) => mayAdminister(account(role)))).toEqual(['administrator', 'auditor']);
    expect(mayAdminister(anonymous)).toBe(false);
  });
});
