import { expect, it } from 'vitest';
import { type Account, anonymous } from '../../geodata/contract/session.ts';
import { can } from '../../geodata/domain/can.ts';

const administrator: Account = { role: 'administrator', name: 'administrator' };
const layerOf = (
  anonymousRead: 'never' | 'sample-only' | 'always',
  setting: boolean | null,
  official: boolean,
) => ({
  permissions: { anonymousRead },
  anonymousReadSetting: setting,
  hasOfficialData: official,
});

it('lets anyone read by the definition, unless a setting says otherwise', () => {
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
    expect(can(administrator, 'read', layer)).toBe(true);
  }
});

it('lets the administrator import, and nobody else', () => {
  expect(can(administrator, 'import')).toBe(true);
  expect(can(anonymous, 'import')).toBe(false);
});
