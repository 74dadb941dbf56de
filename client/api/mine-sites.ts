/**
 * /api/mine-sites: one site with what can be done to it, its history, and the writes that mark it. Whatever hears
 * of a change of a site (a stream of events, a write of many) invalidates these keys: mineSiteKey, historyKey,
 * attachmentsKey (attachments.ts) and ['work-list'].
 */
import {
  type QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  correctionSchema,
  Decision,
  Review,
  restorationSchema,
} from '../../geodata/contract/marking.ts';
import {
  historySchema,
  type MarkRefusal,
  type MineSite,
  markRefusalSchema,
  mineSiteSchema,
  type submitReportSchema,
} from '../../geodata/contract/marking.ts';
import { serviceUrl } from './base-url.ts';
import { noteMissingRight } from './imports.ts';
import { RequestError, requestJson } from './request.ts';
import { csrfTokenOf } from './session.ts';
import { writeJson } from './write.ts';

/** With another period than the present one: the site with the report of that one. */
export const mineSiteKey = (code: string, period?: string) =>
  period === undefined ? (['mine-site', code] as const) : (['mine-site', code, period] as const);
export const historyKey = (code: string) => ['history', code] as const;
const EVENTS_A_PAGE = 30;

export function mineSiteUrl(code: string, rest = '', query: Record<string, string> = {}): string {
  return serviceUrl(`api/mine-sites/${encodeURIComponent(code)}${rest}`, query);
}

export function useMineSite(code: string, period?: string) {
  return useQuery({
    queryKey: mineSiteKey(code, period),
    queryFn: ({ signal }) =>
      requestJson(mineSiteUrl(code, '', period === undefined ? {} : { period }), mineSiteSchema, signal),
    staleTime: 0,
  });
}

/** Newest first, page by page; only for those who have signed in. */
export function useSiteHistory(code: string, options: { enabled: boolean }) {
  return useInfiniteQuery({
    queryKey: historyKey(code),
    enabled: options.enabled,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      requestJson(
        mineSiteUrl(code, '/history', {
          limit: String(EVENTS_A_PAGE),
          ...(pageParam === null ? {} : { before: pageParam }),
        }),
        historySchema,
        signal,
      ),
    getNextPageParam: ({ nextBefore }) => nextBefore,
  });
}

/** What can be done to a site; `do` names the endpoint. */
export type SiteCommand =
  | { do: 'report'; period: string; body: z.input<typeof submitReportSchema> }
  | { do: 'withdraw'; period: string }
  | { do: 'open'; period: string }
  | { do: 'review'; period: string; body: Review }
  | { do: 'decide'; body: Decision }
  | { do: 'correct'; body: z.infer<typeof correctionSchema> }
  | { do: 'restore'; body: z.infer<typeof restorationSchema> };

/** Where a command goes. Pure. */
export function commandRequest(command: SiteCommand): {
  method: 'PUT' | 'POST';
  path: string;
  body?: unknown;
} {
  switch (command.do) {
    case 'report':
      return { method: 'PUT', path: `/reports/${command.period}`, body: command.body };
    case 'withdraw':
      return { method: 'POST', path: `/reports/${command.period}/withdrawal` };
    case 'open':
      return { method: 'POST', path: `/reports/${command.period}/opening` };
    case 'review':
      return { method: 'POST', path: `/reports/${command.period}/review`, body: command.body };
    case 'decide':
      return { method: 'POST', path: '/decisions', body: command.body };
    case 'correct':
      return { method: 'POST', path: '/corrections', body: command.body };
    case 'restore':
      return { method: 'POST', path: '/restorations', body: command.body };
  }
}

/** `version` is the one the asker saw. Resolves with the site as it is then; rejects with RequestError. */
export function useSiteCommand(code: string) {
  const client = useQueryClient();
  return useMutation({
    networkMode: 'always',
    mutationFn: ({ command, version }: { command: SiteCommand; version: number }) => {
      const { path, ...request } = commandRequest(command);
      return writeJson({
        ...request,
        url: mineSiteUrl(code, path),
        version,
        csrfToken: csrfTokenOf(client),
        schema: mineSiteSchema,
      });
    },
    onSuccess: (site) => {
      takeSite(client, site);
      siteChanged(client, code);
    },
    onError: (error) => {
      const current = refusalOf(error)?.current;
      if (current !== undefined) takeSite(client, current);
      noteMissingRight(client, error);
    },
  });
}

/** The newest of a site goes wherever the same month of it is shown. */
function takeSite(client: QueryClient, site: MineSite): void {
  client.setQueriesData<MineSite>({ queryKey: mineSiteKey(site.code) }, (shown) =>
    shown?.period === site.period ? site : shown,
  );
}

/** Everything that shows something of the site is asked again. */
export function siteChanged(client: QueryClient, code: string): void {
  const keys = [
    mineSiteKey(code),
    historyKey(code),
    ['attachments', code],
    ['work-list'],
    ['progress'],
    ['rows'],
  ];
  for (const queryKey of keys) void client.invalidateQueries({ queryKey });
}

/** What a refused write tells beside its title: problems by field, warnings, the obstacle, the present site. Pure. */
export function refusalOf(error: unknown): MarkRefusal | null {
  if (!(error instanceof RequestError) || error.failure.cause !== 'refused') return null;
  return markRefusalSchema.safeParse(error.failure.problem).data ?? null;
}
