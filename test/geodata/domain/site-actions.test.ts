import { expect, it } from 'vitest';
import type { Account } from '../../../geodata/contract/session.ts';
import {
  isCityMatter,
  owesIn,
  type SiteStanding,
  siteActions,
} from '../../../geodata/domain/site-actions.ts';
import { statusIds, stepsFrom } from '../../../geodata/domain/workflow.ts';

const standing: SiteStanding = {
  unit: '360732',
  status: 'completed',
  liability: '历史遗留',
  report: null,
  hasEarlierPending: false,
  hasLaterPassed: false,
  hasPendingStep: false,
};
const account = (role: Exclude<Account['role'], 'anonymous'>, units = ['360732']): Account => ({
  role,
  id: '00000000-0000-4000-8000-000000000001',
  username: 'u',
  name: 'n',
  layers: ['mine_sites'],
  units,
  mustChangePassword: false,
});

it('every status offers each of its steps once, to whoever may take it and, with the reason, to all others', () => {
  for (const status of statusIds) {
    for (const role of ['editor', 'county_reviewer', 'city_reviewer', 'viewer'] as const) {
      const actions = siteActions(account(role), { ...standing, status });
      const offered = actions.flatMap(({ to }) => (to === undefined ? [] : [to]));
      expect(offered.sort()).toEqual([...new Set(stepsFrom(status).map(({ to }) => to))].sort());
      for (const { to, obstacle } of actions) {
        if (to === undefined) continue;
        const isTaker = stepsFrom(status).some((step) => step.to === to && step.by === role);
        expect([status, role, to, obstacle === null]).toEqual([status, role, to, isTaker]);
      }
    }
  }
});

it('needs of a step fall away with the liability', () => {
  const needs = (liability: string) =>
    siteActions(account('editor'), { ...standing, status: 'to_verify', liability }).find(
      ({ to }) => to === 'verified',
    )?.needs;
  expect(needs('历史遗留')).toEqual(['recognitionNumber']);
  expect(needs('有责任主体')).toEqual([]);
});

it('nobody who has to change a password, and no anonymous reader, can do anything', () => {
  const all = (who: Account) => new Set(siteActions(who, standing).map(({ obstacle }) => obstacle));
  expect(all({ role: 'anonymous', name: null })).toEqual(new Set(['not_signed_in']));
  expect(all({ ...account('editor'), mustChangePassword: true } as Account).has(null)).toBe(false);
});

it('closed sites owe a check each quarter, until aftercare ends', () => {
  expect(owesIn('2025-08', 'closed', null)).toBe(false);
  expect(owesIn('2025-09', 'closed', '2025-09-01')).toBe(true);
  expect(owesIn('2025-09', 'closed', '2025-08-31')).toBe(false);
  expect(owesIn('2025-08', 'in_progress', null)).toBe(true);
  expect(owesIn('2025-09', 'excluded', null)).toBe(false);
});

it('what the city took part in is the city to undo', () => {
  expect(statusIds.filter(isCityMatter)).toEqual([
    ...['city_accepted', 'public_notice', 'closed', 'handed_over', 'excluded'],
  ]);
});
