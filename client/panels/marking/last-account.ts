/** Whose draft it is: who has signed in, also after the session has ended under an open form. */
import { useRef } from 'react';
import { useAccount } from '../../api/session.ts';

/** Null: nobody has signed in since the form was opened. */
export function useLastAccountId(): string | null {
  const account = useAccount();
  const last = useRef<string | null>(null);
  if (account.role !== 'anonymous') last.current = account.id;
  return last.current;
}
