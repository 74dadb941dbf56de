/** /api/imports: jobs of the import wizard, what was imported, and taking it back. */
import {
  type QueryClient,
  type UseMutationResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { z } from 'zod';
import {
  type ImportJob,
  type ImportSettings,
  importJobSchema,
  importListSchema,
  importReportSchema,
} from '../../geodata/contract/imports.ts';
import { serviceUrl } from './base-url.ts';
import { requestJson } from './request.ts';
import { csrfTokenOf, isRightMissing } from './session.ts';
import { writeJson } from './write.ts';

/** While the service works on a job, and while it waits for the reader (who may be in another tab). */
const BUSY_POLL_MS = 700;
const IDLE_POLL_MS = 10_000;

export const importsKey = ['imports'] as const;
export const jobKey = (id: string) => ['import', id] as const;

export function isBusy({ state }: Pick<ImportJob, 'state'>): boolean {
  return state === 'reading' || state === 'checking' || state === 'importing';
}

const isAtEnd = ({ state }: ImportJob) => state === 'done' || state === 'cancelled' || state === 'failed';

export function importUrl(id: string, rest = ''): string {
  return serviceUrl(`api/imports/${encodeURIComponent(id)}${rest}`);
}

/** Running jobs and the imports of the past. */
export function useImports(enabled: boolean) {
  return useQuery({
    queryKey: importsKey,
    queryFn: ({ signal }) => requestJson(serviceUrl('api/imports'), importListSchema, signal),
    enabled,
    refetchInterval: ({ state }) => (state.data?.jobs.some(isBusy) ? 3 * BUSY_POLL_MS : IDLE_POLL_MS),
  });
}

export function useImportJob(id: string) {
  return useQuery({
    queryKey: jobKey(id),
    queryFn: ({ signal }) => requestJson(importUrl(id), importJobSchema, signal),
    staleTime: 0,
    refetchInterval: ({ state }) => {
      if (state.data === undefined) return false;
      if (isBusy(state.data)) return BUSY_POLL_MS;
      return isAtEnd(state.data) ? false : IDLE_POLL_MS;
    },
  });
}

/** Every row that was rejected or repaired; the job itself lists the first 500. */
export function useFullReport(id: string, enabled: boolean) {
  return useQuery({
    queryKey: [...jobKey(id), 'report'],
    queryFn: ({ signal }) => requestJson(importUrl(id, '/report'), importReportSchema, signal),
    enabled,
  });
}

/** What can be done to a job; each answers with the job as it is then. */
export type JobCommand =
  | { run: 'set'; settings: ImportSettings }
  | { run: 'check' | 'start' | 'cancel'; settings?: ImportSettings };

export type JobCommands = UseMutationResult<ImportJob, Error, JobCommand>;

/** Settings given along are stored first. */
export function useJobCommand(id: string): JobCommands {
  const client = useQueryClient();
  return useMutation({
    networkMode: 'always',
    mutationFn: async ({ run, settings }) => {
      const send = (method: 'POST' | 'PATCH', url: string, body?: unknown) =>
        writeJson({ method, url, body, csrfToken: csrfTokenOf(client), schema: importJobSchema });
      if (settings !== undefined) {
        const job = await send('PATCH', importUrl(id), settings);
        client.setQueryData(jobKey(id), job);
        if (run === 'set') return job;
      }
      return send('POST', importUrl(id, `/${run}`));
    },
    onSuccess: (job) => {
      client.setQueryData(jobKey(id), job);
      void client.invalidateQueries({ queryKey: importsKey });
    },
    onError: (error) => {
      void client.invalidateQueries({ queryKey: jobKey(id) });
      noteMissingRight(client, error);
    },
  });
}

/** Forgets a job that is not running, with its files. */
export function useDiscardJob() {
  const client = useQueryClient();
  return useMutation({
    networkMode: 'always',
    mutationFn: (id: string) =>
      writeJson({
        method: 'DELETE',
        url: importUrl(id),
        csrfToken: csrfTokenOf(client),
        schema: z.unknown(),
      }),
    onError: (error) => noteMissingRight(client, error),
    onSettled: () => void client.invalidateQueries({ queryKey: importsKey }),
  });
}

export function useTakeBack() {
  const client = useQueryClient();
  return useMutation({
    networkMode: 'always',
    mutationFn: (datasetId: string) =>
      writeJson({
        method: 'POST',
        url: serviceUrl(`api/datasets/${encodeURIComponent(datasetId)}/take-back`),
        csrfToken: csrfTokenOf(client),
        schema: z.unknown(),
      }),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['catalogue'] }),
    onError: (error) => noteMissingRight(client, error),
    onSettled: () => void client.invalidateQueries({ queryKey: importsKey }),
  });
}

/** A session that has ended meanwhile shows in the top bar and on the page. */
export function noteMissingRight(client: QueryClient, error: unknown): void {
  if (isRightMissing(error)) void client.invalidateQueries({ queryKey: ['session'] });
}
