/**
 * What is typed into the smaller forms (decision, correction, review, order for many sites), kept in this tab until it is
 * sent: a form that was closed, by accident too, or a page that was reloaded goes on where it was. By account, so that
 * nobody sees what another has typed.
 */
import { useCallback, useState } from 'react';
import { z } from 'zod';
import { useLastAccountId } from './last-account.ts';

const PREFIX = 'lantu-input/';
const inputSchema = z.record(z.string(), z.string());

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
type Input = Record<string, string>;

/** `first` with what was kept of its fields; other fields than those of `first` are left out. */
export function readInput<Fields extends Input>(store: Store, name: string, first: Fields): Fields {
  try {
    const kept = inputSchema.safeParse(JSON.parse(store.getItem(PREFIX + name) ?? '{}'));
    if (!kept.success) return first;
    const known = Object.entries(kept.data).filter(([field]) => field in first);
    return { ...first, ...Object.fromEntries(known) };
  } catch {
    return first;
  }
}

/** What stands as it began is not kept: days move on, and an empty form needs no memory. */
export function keepInput<Fields extends Input>(
  store: Store,
  name: string,
  first: Fields,
  fields: Fields,
): void {
  const typed = Object.entries(fields).filter(([field, text]) => text !== first[field]);
  try {
    if (typed.length === 0) store.removeItem(PREFIX + name);
    else store.setItem(PREFIX + name, JSON.stringify(Object.fromEntries(typed)));
  } catch {
    // Nothing is kept where the browser allows no storage.
  }
}

/** `name` says which form of what; `first` where its typing begins. `forget` once it was sent. */
export function useKeptInput<Fields extends Input>(
  name: string,
  first: Fields,
): { fields: Fields; change: (part: Partial<Fields>) => void; forget: () => void } {
  const place = `${useLastAccountId() ?? ''}/${name}`;
  const [begun] = useState(first);
  const [fields, setFields] = useState(() => readInput(sessionStorage, place, begun));
  const change = (part: Partial<Fields>) => {
    const next = { ...fields, ...part };
    setFields(next);
    keepInput(sessionStorage, place, begun, next);
  };
  const forget = useCallback(() => keepInput(sessionStorage, place, begun, begun), [place, begun]);
  return { fields, change, forget };
}
