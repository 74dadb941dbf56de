/**
 * Keeps an open page in step with the data: the stream of changes, or now and then a look, has the catalogue asked
 * again; all else follows from that.
 */
import { type Query, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { CatalogueResponse } from '../../geodata/contract/catalogue.ts';
import { useAppState } from '../state/app-state.ts';
import { atMostEvery } from './at-most-every.ts';
import { serviceUrl } from './base-url.ts';
import { useCatalogue } from './catalogue.ts';
import { followChanges } from './live-changes.ts';
import { isPassing, RequestError } from './request.ts';
import { useAccount } from './session.ts';

/** Text that differs whenever the data of a layer does. Pure. */
export function dataState({ layers }: CatalogueResponse): string {
  return layers
    .map(({ definition, revision, state, mayRead }) => `${definition.id} ${state} ${mayRead} ${revision}`)
    .join('\n');
}

const notFromData: unknown[] = ['catalogue', 'session'];
const isAnswerFromData = ({ queryKey }: Query) => !notFromData.includes(queryKey[0]);

/** Failed because the service was away or busy: worth asking again now that it answers. */
function failedInPassing({ state: { status, error } }: Query): boolean {
  return status === 'error' && error instanceof RequestError && isPassing(error.failure);
}

/**
 * Asks again for figures, rows and features when the data has changed, and whenever the catalogue
 * has answered for what failed meanwhile; `serviceAnswers` lets others do the same.
 */
export function useFollowData(serviceAnswers: () => void): void {
  const client = useQueryClient();
  const { data, dataUpdatedAt } = useCatalogue();
  const state = data && dataState(data);
  const stateBefore = useRef(state);
  useEffect(() => {
    if (dataUpdatedAt === 0) return;
    const changed = stateBefore.current !== undefined && stateBefore.current !== state;
    stateBefore.current = state;
    if (changed) void client.invalidateQueries({ predicate: isAnswerFromData });
    else
      void client.refetchQueries({ predicate: (query) => isAnswerFromData(query) && failedInPassing(query) });
    serviceAnswers();
  }, [client, state, dataUpdatedAt, serviceAnswers]);
}

/** While many mark at once, a page asks again no more often than this. */
const ASK_AGAIN_MS = 4_000;
const START_AFTER_MS = 1_500;

/** Whether a catalogue was read at these revisions of the layers its reader may read. Pure. */
export function isAtRevisions(
  catalogue: CatalogueResponse | undefined,
  layers: Readonly<Record<string, string>>,
): boolean {
  const readable = catalogue?.layers.filter(({ mayRead }) => mayRead) ?? [];
  return (
    readable.length === Object.keys(layers).length &&
    readable.every(({ definition, revision }) => layers[definition.id] === revision)
  );
}

/**
 * Listens to the changes of others while the page is in sight; a page out of sight catches up when it is looked at, so
 * that many of them do not use up the connections of a browser.
 */
export function useLiveChanges(): void {
  const client = useQueryClient();
  const account = useAccount();
  const reader = account.role === 'anonymous' ? '' : account.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another reader has another stream
  useEffect(() => {
    if (typeof EventSource === 'undefined') return;
    const changed = atMostEvery(ASK_AGAIN_MS, () => {
      void client.invalidateQueries({ queryKey: ['catalogue'] });
    });
    const place: { id: string | null } = { id: null };
    const listen = () =>
      followChanges({
        open: (after) => new EventSource(serviceUrl('api/events', after === null ? {} : { after })),
        place,
        isShown: (layers) => isAtRevisions(client.getQueryData<CatalogueResponse>(['catalogue']), layers),
        changed,
        setLive: useAppState.getState().setLive,
      });
    let stop: (() => void) | undefined;
    const looked = () => {
      stop?.();
      stop = document.hidden ? undefined : listen();
    };
    // The first map does not wait for a connection that the stream holds.
    const starting = setTimeout(() => {
      looked();
      document.addEventListener('visibilitychange', looked);
    }, START_AFTER_MS);
    return () => {
      clearTimeout(starting);
      document.removeEventListener('visibilitychange', looked);
      stop?.();
      changed.cancel();
    };
  }, [client, reader]);
}
