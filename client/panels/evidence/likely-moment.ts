/** Which photos are likely: of before the works, while they go on, or after them. Pure. */
import { type RequirementId, type StatusId, statuses } from '../../../geodata/domain/workflow.ts';
import type { Moment } from '../../api/attachments.ts';

/** `status` is the one the site is in or comes to, `needs` what that step asks for. */
export function likelyMoment(status: StatusId, needs: readonly RequirementId[]): Moment {
  if (needs.includes('afterPhoto')) return 'after';
  const { started, completed } = statuses[status].counts;
  if (completed) return 'after';
  return started ? 'during' : 'before';
}
