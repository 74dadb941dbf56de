/** The report being filled in, handed down to its fields. */
import { createContext, useContext } from 'react';
import type { Marking } from './use-marking.ts';

export const MarkingContext = createContext<Marking | null>(null);

/** Throws outside the form. */
export function useMarkingContext(): Marking {
  const marking = useContext(MarkingContext);
  if (marking === null) throw new Error('no report is being filled in here');
  return marking;
}
