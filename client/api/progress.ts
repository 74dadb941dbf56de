/** GET /api/progress: how far the campaign has come, and the sites its figures count. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { figureSitesSchema, progressResponseSchema } from '../../geodata/contract/progress.ts';
import type { FigureQuery } from '../state/app-state.ts';
import { pastDayQuery } from '../state/past-day.ts';
import { serviceUrl } from './base-url.ts';
import { requestJson } from './request.ts';

/** As of a past day, or, with null, the day the data is known to. */
export function useProgress({ enabled, asOf }: { enabled: boolean; asOf: string | null }) {
  return useQuery({
    enabled,
    queryKey: ['progress', asOf],
    queryFn: ({ signal }) =>
      requestJson(serviceUrl('api/progress', pastDayQuery(asOf)), progressResponseSchema, signal),
    placeholderData: keepPreviousData,
  });
}

/** The sites a figure counts on that day; null: nothing is asked for. */
export function useFigureSites(query: FigureQuery | null, asOf: string | null) {
  return useQuery({
    enabled: query !== null,
    queryKey: ['progress-sites', query, asOf],
    queryFn: ({ signal }) => {
      const { months, ...asked } = query ?? {};
      const parameters = { ...asked, ...(months === undefined ? {} : { months: String(months) }) };
      return requestJson(
        serviceUrl('api/progress/sites', { ...parameters, ...pastDayQuery(asOf) }),
        figureSitesSchema,
        signal,
      );
    },
  });
}
