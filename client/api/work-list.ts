/** GET /api/work-list (待办): what an editor owes, what waits for a reviewer. */
import { useQuery } from '@tanstack/react-query';
import { workListSchema } from '../../geodata/contract/work-list.ts';
import { serviceUrl } from './base-url.ts';
import { requestJson } from './request.ts';

export const workListKey = ['work-list'] as const;

/** Of the units and the level of who has signed in, for the month that owes an answer now. */
export function useWorkList() {
  return useQuery({
    queryKey: workListKey,
    queryFn: ({ signal }) => requestJson(serviceUrl('api/work-list'), workListSchema, signal),
    staleTime: 0,
  });
}
