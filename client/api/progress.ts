/** GET /api/progress: how far the campaign has come. */
import { useQuery } from '@tanstack/react-query';
import { progressResponseSchema } from '../../geodata/contract/progress.ts';
import { serviceUrl } from './base-url.ts';
import { requestJson } from './request.ts';

export function useProgress({ enabled }: { enabled: boolean }) {
  return useQuery({
    enabled,
    queryKey: ['progress'],
    queryFn: ({ signal }) => requestJson(serviceUrl('api/progress'), progressResponseSchema, signal),
  });
}
