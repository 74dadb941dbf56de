/** GET /api/catalogue: region, layers and data. */
import { useQuery } from '@tanstack/react-query';
import { catalogueResponseSchema } from '../../geodata/contract/catalogue.ts';
import { serviceUrl } from './base-url.ts';
import { requestJson } from './request.ts';

export function useCatalogue() {
  return useQuery({
    queryKey: ['catalogue'],
    queryFn: ({ signal }) => requestJson(serviceUrl('api/catalogue'), catalogueResponseSchema, signal),
  });
}
