/** GET /api/search: features by name or code. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { searchResponseSchema } from '../../geodata/contract/search.ts';
import { serviceUrl } from './base-url.ts';
import { requestJson } from './request.ts';

/** `query` is trimmed; nothing is asked while it is empty. */
export function useSearch(query: string) {
  return useQuery({
    queryKey: ['search', query],
    queryFn: ({ signal }) =>
      requestJson(serviceUrl('api/search', { q: query }), searchResponseSchema, signal),
    enabled: query !== '',
    placeholderData: keepPreviousData,
  });
}
