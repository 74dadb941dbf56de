/** What a reader can do about a site, in the order of importance, and what stands in the way of the rest. Pure. */
import type { MineSite, SiteAction } from '../../../geodata/contract/marking.ts';

export type ActionList = { possible: SiteAction[]; blocked: SiteAction[] };

/** Restoring is offered in the history, at the state it brings back. */
const elsewhere: SiteAction['action'][] = ['restore'];

/** Obstacles that only say that this is another's business tell nothing about the site. */
const othersBusiness = ['not_your_role', 'nothing_reported', 'not_returned', 'no_such_event'];

/** Steps within a report are part of it: one button leads to all of them. */
export function listActions({ actions }: Pick<MineSite, 'actions'>): ActionList {
  const own = actions.filter(
    ({ action, to }) => !elsewhere.includes(action) && !(action === 'report' && to !== undefined),
  );
  const possible = own.filter(({ obstacle }) => obstacle === null);
  // Passing and returning are one form.
  const once = possible.filter(
    ({ action }) => action !== 'return' || !possible.some((other) => other.action === 'pass'),
  );
  return {
    possible: once,
    blocked: own.filter(({ obstacle }) => obstacle !== null && !othersBusiness.includes(obstacle)),
  };
}

/** Why everything is blocked, where it is all for one reason (not signed in, another's unit); else null. */
export function commonObstacle({ possible, blocked }: ActionList): SiteAction['obstacle'] {
  const obstacle = blocked[0]?.obstacle ?? null;
  const isCommon = blocked.every((action) => action.obstacle === obstacle);
  return possible.length === 0 && isCommon ? obstacle : null;
}
