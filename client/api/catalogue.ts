/** GET /api/catalogue: region, layers and data; asked again now and then, because an import changes it. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { catalogueResponseSchema } from '../../geodata/contract/catalogue.ts';
import { useAppState } from '../state/app-state.ts';
import { serviceUrl } from './base-url.ts';
import { requestJson } from './request.ts';

const ASK_AGAIN_MS = 30_000;

/** Also asked for by main.tsx before anything is drawn. */
export const catalogueQuery = queryOptions({
  queryKey: ['catalogue'],
  queryFn: ({ signal }) => requestJson(serviceUrl('api/catalogue'), catalogueResponseSchema, signal),
});

export function useCatalogue() {
  const live = useAppState((state) => state.live);
  return useQuery({
    ...catalogueQuery,
    // Not needed where changes are told as they happen.
    refetchInterval: live ? false : ASK_AGAIN_MS,
    refetchOnWindowFocus: 'always',
  });
}
