import { describe, expect, it } from 'vitest';
import { type Account, anonymous, type RoleId, roleIds } from '../../geodata/contract/session.ts';
import { can, type GeneralAction } from '../../geodata/domain/can.ts';

const accountOf = (role: RoleId, mustChangePassword = false): Account => ({
  role,
  id: '00000000-0000-4000-8000-000000000000',
  username: role,
  name: role,
  layers: ['mine_sites'],
  units: ['360732'],
  mustChangePassword,
});
const layerOf = (
  anonymousRead: 'never' | 'sample-only' | 'always',
  setting: boolean | null,
  official: boolean,
) => ({
  permissions: { anonymousRead },
  anonymousReadSetting: setting,
  hasOfficialData: official,
});

it('lets anyone read by the definition, unless a setting says otherwise, and every account everything', () => {
  const expected = [
    ['never', null, false, false],
    ['sample-only', null, false, true],
    ['sample-only', null, true, false],
    ['always', null, true, true],
    ['never', true, true, true],
    ['always', false, false, false],
  ] as const;
  for (const [definition, setting, official, mayRead] of expected) {
    const layer = layerOf(definition, setting, official);
    expect(can(anonymous, 'read', layer), `${definition} ${setting} ${official}`).toBe(mayRead);
    for (const role of roleIds) expect(can(accountOf(role), 'read', layer)).toBe(true);
  }
});

describe('a right', () => {
  const general: Record<GeneralAction, readonly RoleId[]> = {
    import: ['administrator'],
    manage_accounts: ['administrator'],
    manage_settings: ['administrator'],
    read_trace: ['administrator', 'auditor'],
    read_details: roleIds,
  };

  it('about nothing in particular belongs to certain roles, and never to somebody unknown', () => {
    for (const [action, roles] of Object.entries(general) as [GeneralAction, readonly RoleId[]][]) {
      expect(can(anonymous, action)).toBe(false);
      for (const role of roleIds)
        expect(can(accountOf(role), action), `${role} ${action}`).toBe(roles.includes(role));
    }
  });

  it('to mark or review for a county holds within the layers and units of the scope only', () => {
    const [sites, patches] = [{ id: 'mine_sites' }, { id: 'mine_patches' }];
    for (const role of roleIds) {
      const account = accountOf(role);
      expect(can(account, 'mark', sites, '360732'), role).toBe(role === 'editor');
      expect(can(account, 'review_county', sites, '360732'), role).toBe(role === 'county_reviewer');
      expect(can(account, 'review_city', sites), role).toBe(role === 'city_reviewer');
      for (const action of ['mark', 'review_county'] as const) {
        expect(can(account, action, sites, '360730')).toBe(false);
        expect(can(account, action, patches, '360732')).toBe(false);
        expect(can(account, action, sites, null)).toBe(false);
      }
    }
    expect(can(anonymous, 'mark', sites, '360732')).toBe(false);
    expect(can(anonymous, 'review_city', sites)).toBe(false);
  });

  it('waits until a given password has been changed', () => {
    for (const role of roleIds) {
      const account = accountOf(role, true);
      expect(can(account, 'read', layerOf('always', true, false))).toBe(false);
      expect(can(account, 'mark', { id: 'mine_sites' }, '360732')).toBe(false);
      for (const action of Object.keys(general) as GeneralAction[]) expect(can(account, action)).toBe(false);
    }
  });
});
