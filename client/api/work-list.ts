/** GET /api/work-list (待办): what an editor owes, what waits for a reviewer. */
import { useQuery } from '@tanstack/react-query';
import { workListSchema } from '../../geodata/contract/work-list.ts';
import { serviceUrl } from './base-url.ts';
import { requestJson } from './request.ts';

export const workListKey = ['work-list'] as const;

/** Of the units and the level of who has signed in. `period` left out: the month that owes an answer now. */
export function useWorkList(period?: string | null) {
  return useQuery({
    queryKey: period ? [...workListKey, period] : workListKey,
    queryFn: ({ signal }) =>
      requestJson(serviceUrl('api/work-list', period ? { period } : {}), workListSchema, signal),
    staleTime: 0,
  });
}
