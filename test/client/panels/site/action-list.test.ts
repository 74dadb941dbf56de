import { describe, expect, it } from 'vitest';
import { commonObstacle, listActions } from '../../../../client/panels/site/action-list.ts';
import type { SiteAction } from '../../../../geodata/contract/marking.ts';

const action = (
  name: SiteAction['action'],
  obstacle: SiteAction['obstacle'],
  to?: SiteAction['to'],
): SiteAction => ({ action: name, needs: [], obstacle, ...(to === undefined ? {} : { to }) });

describe('what can be done about a site', () => {
  it('is one button for a report with all its steps, and one for passing and returning', () => {
    const list = listActions({
      actions: [
        action('report', null),
        action('report', null, 'completed'),
        action('pass', null),
        action('return', null),
        action('restore', null),
      ],
    });
    expect(list.possible.map((each) => each.action)).toEqual(['report', 'pass']);
  });

  it('offers returning where passing is not possible', () => {
    const list = listActions({ actions: [action('pass', 'earlier_pending'), action('return', null)] });
    expect(list.possible.map((each) => each.action)).toEqual(['return']);
    expect(list.blocked.map((each) => each.action)).toEqual(['pass']);
  });

  it('says why something cannot be done, but not that it is for others to do', () => {
    const list = listActions({
      actions: [action('withdraw', 'already_opened'), action('decide', 'not_your_role', 'closed')],
    });
    expect(list.blocked.map((each) => each.action)).toEqual(['withdraw']);
  });

  it('says it once where one reason holds for all', () => {
    const list = listActions({
      actions: [action('report', 'not_signed_in'), action('decide', 'not_signed_in', 'closed')],
    });
    expect(commonObstacle(list)).toBe('not_signed_in');
    expect(commonObstacle(listActions({ actions: [action('report', null)] }))).toBeNull();
  });
});
