/** Keeps an open page in step with the data: an import is noticed by the catalogue, all else follows. */
import { type Query, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { CatalogueResponse } from '../../geodata/contract/catalogue.ts';
import { useCatalogue } from './catalogue.ts';

/** Text that differs whenever the data of a layer does. Pure. */
export function dataState({ layers }: CatalogueResponse): string {
  return layers.map(({ definition, revision, state }) => `${definition.id} ${state} ${revision}`).join('\n');
}

const isAnswerFromData = ({ queryKey }: Query) => queryKey[0] !== 'catalogue';

/**
 * Asks again for figures, rows and features when the data has changed, and for what failed when the
 * service is back; `serviceIsBack` lets others do the same.
 */
export function useFollowData(serviceIsBack: () => void): void {
  const client = useQueryClient();
  const { data, isError } = useCatalogue();
  const state = data && dataState(data);
  const before = useRef({ state, isError });
  useEffect(() => {
    const { state: stateBefore, isError: wasAway } = before.current;
    before.current = { state, isError };
    if (stateBefore !== undefined && stateBefore !== state) {
      void client.invalidateQueries({ predicate: isAnswerFromData });
    } else if (wasAway && !isError) {
      void client.refetchQueries({
        predicate: (query) => isAnswerFromData(query) && query.state.status === 'error',
      });
    }
    if (wasAway && !isError) serviceIsBack();
  }, [client, state, isError, serviceIsBack]);
}
