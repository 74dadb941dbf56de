/** /api/sheets: where a sheet's frame lies and its picture; orders of files; sheets kept by an account. */
import {
  keepPreviousData,
  type QueryClient,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { z } from 'zod';
import {
  type SheetJob,
  type SheetOrder,
  type SheetSpecInput,
  savedSheetSchema,
  sheetJobSchema,
  sheetPlanResponseSchema,
} from '../../geodata/contract/sheets.ts';
import { serviceUrl } from './base-url.ts';
import { noteMissingRight } from './imports.ts';
import { failureOf, RequestError, readAnswer, requestJson } from './request.ts';
import { csrfTokenOf } from './session.ts';
import { writeHeaders, writeJson } from './write.ts';

const POLL_MS = 600;
/** Pictures of sheets are large: those nobody looks at are soon forgotten. */
const FORGET_PREVIEW_MS = 20_000;

/** A sheet asked for as it is: `text` is its spec as JSON, '' while it is not complete. */
export function useSheetPlan(text: string) {
  const client = useQueryClient();
  return useQuery({
    queryKey: ['sheet-plan', text],
    enabled: text !== '',
    queryFn: async ({ signal }) => {
      const answer = await ask(client, serviceUrl('api/sheets/plan'), text, signal);
      return readAnswer(answer.status, await answer.text(), sheetPlanResponseSchema);
    },
    placeholderData: keepPreviousData,
  });
}

/** The sheet as the service draws it: the last one stays until the next has come. */
export function useSheetPreview(text: string) {
  const client = useQueryClient();
  return useQuery({
    queryKey: ['sheet-preview', text],
    enabled: text !== '',
    gcTime: FORGET_PREVIEW_MS,
    queryFn: async ({ signal }) => {
      const answer = await ask(
        client,
        serviceUrl('api/sheets', { format: 'svg', preview: 'true' }),
        text,
        signal,
      );
      if (!answer.ok) throw new RequestError(failureOf(answer.status, await answer.json().catch(() => null)));
      return new Blob([await answer.arrayBuffer()], { type: 'image/svg+xml' });
    },
    placeholderData: keepPreviousData,
  });
}

/** Throws RequestError where nothing answers; an abort is passed on as it is. */
async function ask(client: QueryClient, url: string, body: string, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { ...writeHeaders(csrfTokenOf(client)), 'content-type': 'application/json', accept: '*/*' },
      body,
      signal,
    });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new RequestError({ cause: 'unreachable' });
  }
}

function jobUrl(id: string, rest = ''): string {
  return serviceUrl(`api/sheet-jobs/${encodeURIComponent(id)}${rest}`);
}

const jobKey = (id: string) => ['sheet-job', id] as const;

export function isRunning({ state }: SheetJob): boolean {
  return state === 'queued' || state === 'running';
}

/** Where the file of a job that is done lies. */
export function sheetFileUrl(id: string): string {
  return jobUrl(id, '/file');
}

export function useSheetJob(id: string) {
  return useQuery({
    queryKey: jobKey(id),
    queryFn: ({ signal }) => requestJson(jobUrl(id), sheetJobSchema, signal),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data !== undefined && isRunning(state.data) ? POLL_MS : false),
  });
}

export function useOrderSheet() {
  const client = useQueryClient();
  return useMutation({
    networkMode: 'always',
    mutationFn: (order: Omit<SheetOrder, 'spec'> & { spec: SheetSpecInput }) =>
      writeJson({
        method: 'POST',
        url: serviceUrl('api/sheet-jobs'),
        body: order,
        csrfToken: csrfTokenOf(client),
        schema: sheetJobSchema,
      }),
    onSuccess: (job) => client.setQueryData(jobKey(job.id), job),
    onError: (error) => noteMissingRight(client, error),
  });
}

export function useCancelSheetJob() {
  const client = useQueryClient();
  return useMutation({
    networkMode: 'always',
    mutationFn: (id: string) =>
      writeJson({ method: 'DELETE', url: jobUrl(id), csrfToken: csrfTokenOf(client), schema: z.unknown() }),
    onSettled: (_answer, _error, id) => client.invalidateQueries({ queryKey: jobKey(id) }),
  });
}

const savedKey = ['saved-sheets'] as const;
const savedListSchema = z.object({ sheets: z.array(savedSheetSchema) });

/** Of the account that has signed in, newest first. */
export function useSavedSheets(enabled: boolean) {
  return useQuery({
    queryKey: savedKey,
    enabled,
    queryFn: ({ signal }) => requestJson(serviceUrl('api/saved-sheets'), savedListSchema, signal),
  });
}

function savedUrl(name: string): string {
  return serviceUrl(`api/saved-sheets/${encodeURIComponent(name)}`);
}

export function useSaveSheet() {
  const client = useQueryClient();
  return useMutation({
    networkMode: 'always',
    mutationFn: ({ name, spec }: { name: string; spec: SheetSpecInput }) =>
      writeJson({
        method: 'PUT',
        url: savedUrl(name),
        body: spec,
        csrfToken: csrfTokenOf(client),
        schema: z.unknown(),
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: savedKey }),
    onError: (error) => noteMissingRight(client, error),
  });
}

export function useRemoveSavedSheet() {
  const client = useQueryClient();
  return useMutation({
    networkMode: 'always',
    mutationFn: (name: string) =>
      writeJson({
        method: 'DELETE',
        url: savedUrl(name),
        csrfToken: csrfTokenOf(client),
        schema: z.unknown(),
      }),
    onError: (error) => noteMissingRight(client, error),
    onSettled: () => client.invalidateQueries({ queryKey: savedKey }),
  });
}
