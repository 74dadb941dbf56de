/** /api/change-sets: many sites at once, as one set that is undone as one; and the document they stand under. */
import { type QueryClient, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import {
  type ChangeSetOrder,
  type ChangeSetRefusal,
  changeSetListSchema,
  changeSetRefusalSchema,
  changeSetSchema,
  type SetDocument,
  setDocumentSchema,
} from '../../geodata/contract/change-sets.ts';
import { serviceUrl } from './base-url.ts';
import { noteMissingRight } from './imports.ts';
import { RequestError, requestJson } from './request.ts';
import { type SendOptions, sendForm } from './send-form.ts';
import { csrfTokenOf } from './session.ts';
import { workListKey } from './work-list.ts';
import { writeJson } from './write.ts';

export const changeSetsKey = ['change-sets'] as const;
const SETS_A_PAGE = 20;

/** Newest first, page by page. */
export function useChangeSets() {
  return useInfiniteQuery({
    queryKey: changeSetsKey,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      requestJson(
        serviceUrl('api/change-sets', {
          limit: String(SETS_A_PAGE),
          ...(pageParam === null ? {} : { before: pageParam }),
        }),
        changeSetListSchema,
        signal,
      ),
    getNextPageParam: ({ nextBefore }) => nextBefore,
    staleTime: 0,
  });
}

/** Everything or nothing. Resolves with the set that was made; rejects with RequestError, see setRefusalOf. */
export function useSendChangeSet() {
  const client = useQueryClient();
  return useMutation({
    networkMode: 'always',
    mutationFn: (order: ChangeSetOrder) =>
      writeJson({
        method: 'POST',
        url: serviceUrl('api/change-sets'),
        body: order,
        csrfToken: csrfTokenOf(client),
        schema: changeSetSchema,
      }),
    onError: (error) => noteMissingRight(client, error),
    // Also after a refusal: sites in the way were changed by others.
    onSettled: () => manySitesChanged(client),
  });
}

/** Resolves with the set of kind `undo`. */
export function useUndoChangeSet() {
  const client = useQueryClient();
  return useMutation({
    networkMode: 'always',
    mutationFn: ({ id, reason }: { id: string; reason: string }) =>
      writeJson({
        method: 'POST',
        url: serviceUrl(`api/change-sets/${encodeURIComponent(id)}/undo`),
        body: { reason },
        csrfToken: csrfTokenOf(client),
        schema: changeSetSchema,
      }),
    onError: (error) => noteMissingRight(client, error),
    onSettled: () => manySitesChanged(client),
  });
}

/** Sends the document a list of sites stands under. Throws RequestError; a stop rejects with the signal's reason. */
export function uploadSetDocument(file: File, options: SendOptions): Promise<SetDocument> {
  const form = new FormData();
  form.append('files', file, file.name);
  return sendForm(serviceUrl('api/change-sets/documents'), form, setDocumentSchema, options);
}

/** Everything that shows something of any mine site is asked again. */
export function manySitesChanged(client: QueryClient): void {
  const keys = [
    workListKey,
    changeSetsKey,
    ['mine-site'],
    ['history'],
    ['attachments'],
    ['progress'],
    ['rows'],
  ];
  for (const queryKey of keys) void client.invalidateQueries({ queryKey });
}

/** What a refused set tells beside its title: each site that stands in the way. Pure. */
export function setRefusalOf(error: unknown): ChangeSetRefusal | null {
  if (!(error instanceof RequestError) || error.failure.cause !== 'refused') return null;
  return changeSetRefusalSchema.safeParse(error.failure.problem).data ?? null;
}
