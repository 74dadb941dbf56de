/** Who has work begins with it: after signing in, and where the page is opened without saying what to show. */
import { useEffect, useRef } from 'react';
import { useSession } from '../../api/session.ts';
import { useAppState } from '../../state/app-state.ts';

/** Read before the page's address tells what is shown. */
const openedPlainly = [...new URLSearchParams(window.location.search).keys()].every(
  (name) => name === 'lang',
);

/** Whoever is in the middle of something is left there. */
export function useLandAtWork(hasWork: boolean): void {
  const session = useSession().data;
  const account = session?.account;
  const id = account === undefined || account.role === 'anonymous' ? null : account.id;
  const wasAnonymous = useRef(false);
  const landed = useRef<string | null>(null);
  useEffect(() => {
    if (session === undefined) return;
    if (id === null) wasAnonymous.current = true;
    if (id === null || !hasWork || landed.current === id) return;
    landed.current = id;
    if (!wasAnonymous.current && !openedPlainly) return;
    const { tab, selection, siteTask, setTab, setPanel } = useAppState.getState();
    if (tab !== 'map' || selection !== null || siteTask !== null) return;
    setPanel('workPanelOpen', true);
    setTab('remediation');
  }, [session, id, hasWork]);
}
