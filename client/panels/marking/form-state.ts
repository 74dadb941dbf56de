/** What is wrong in the form around a field, and from when it is told; every form about a site hands this down. */
import { createContext, useContext } from 'react';
import type { Warning } from '../../../geodata/contract/marking.ts';
import type { DraftProblem } from './check-draft.ts';

export type FormState = {
  problems: readonly DraftProblem[];
  warnings: readonly Warning[];
  /** It was to be submitted: what is missing is told as well. */
  attempted: boolean;
  /** Reasons for unlikely values, by warning. */
  reasons: Readonly<Record<string, string>>;
  giveReason: (id: string, reason: string) => void;
};

export const FormStateContext = createContext<FormState | null>(null);

/** Throws outside a form. */
export function useFormState(): FormState {
  const state = useContext(FormStateContext);
  if (state === null) throw new Error('this field stands in no form');
  return state;
}
