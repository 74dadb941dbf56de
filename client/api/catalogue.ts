/** GET /api/catalogue: region, layers and data; asked again now and then, because an import changes it. */
import { useQuery } from '@tanstack/react-query';
import { catalogueResponseSchema } from '../../geodata/contract/catalogue.ts';
import { serviceUrl } from './base-url.ts';
import { requestJson } from './request.ts';

const ASK_AGAIN_MS = 30_000;

export function useCatalogue() {
  return useQuery({
    queryKey: ['catalogue'],
    refetchInterval: ASK_AGAIN_MS,
    refetchOnWindowFocus: 'always',
    queryFn: ({ signal }) => requestJson(serviceUrl('api/catalogue'), catalogueResponseSchema, signal),
  });
}
