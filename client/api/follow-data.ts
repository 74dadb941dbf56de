/** Keeps an open page in step with the data: an import is noticed by the catalogue, all else follows. */
import { type Query, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { CatalogueResponse } from '../../geodata/contract/catalogue.ts';
import { useCatalogue } from './catalogue.ts';
import { isPassing, RequestError } from './request.ts';

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
