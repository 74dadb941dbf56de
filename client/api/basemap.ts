/** GET /api/basemap: the basemap an operator has configured; it stays the same while the service runs. */
import { useQuery } from '@tanstack/react-query';
import { type Basemap, basemapResponseSchema } from '../../geodata/contract/basemap.ts';
import { serviceUrl } from './base-url.ts';
import { requestJson } from './request.ts';

/** Null where none is configured, and while that is not known. */
export function useBasemap(): Basemap | null {
  const { data } = useQuery({
    queryKey: ['basemap'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => requestJson(serviceUrl('api/basemap'), basemapResponseSchema, signal),
  });
  return data?.basemap ?? null;
}
