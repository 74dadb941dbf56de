/**
 * Files on their way to the sites their names tell, one after the other; what names none waits here for a site by hand. They
 * go on while other pages are looked at; only leaving the page asks first.
 */
import type { QueryClient } from '@tanstack/react-query';
import { create } from 'zustand';
import type { EvidenceMeaning, UploadAnswer } from '../../../geodata/contract/attachments.ts';
import { assignUnmatched, uploadSorted } from '../../api/attachments.ts';
import { noteMissingRight } from '../../api/imports.ts';
import { siteChanged } from '../../api/mine-sites.ts';
import { csrfTokenOf } from '../../api/session.ts';
import { sentName } from './sorted-file.ts';

type SortState =
  | { phase: 'waiting' }
  /** `share` 0–1 of the bytes sent. */
  | { phase: 'sending'; share: number }
  | { phase: 'done'; answer: UploadAnswer }
  | { phase: 'failed'; error: unknown };

export type SortedFile = { id: number; file: File; name: string; meaning: EvidenceMeaning; state: SortState };

/** A file without a site: `siteCode` once it has one. */
export type UnmatchedFile = UploadAnswer['unmatched'][number] & { siteCode: string | null; error: unknown };

type SortQueue = { files: SortedFile[]; unmatched: UnmatchedFile[] };
const nothing: SortQueue = { files: [], unmatched: [] };

export const useSortQueue = create<SortQueue>()(() => nothing);

let lastId = 0;
let running: AbortController | null = null;

export function addSortedFiles(client: QueryClient, files: readonly File[], meaning: EvidenceMeaning): void {
  const added = files.map((file): SortedFile => {
    lastId += 1;
    return { id: lastId, file, name: sentName(file), meaning, state: { phase: 'waiting' } };
  });
  useSortQueue.setState((queue) => ({ files: [...queue.files, ...added] }));
  void proceed(client);
}

export function retrySortedFile(client: QueryClient, id: number): void {
  setState(id, { phase: 'waiting' });
  void proceed(client);
}

/** Whoever signs in next begins anew; what is under way stops. */
export function forgetSorted(): void {
  running?.abort();
  useSortQueue.setState(nothing);
  askBeforeLeaving(false);
}

/** Takes what is done off the list; what waits or failed stays. */
export function clearSorted(): void {
  useSortQueue.setState(({ files, unmatched }) => ({
    files: files.filter(({ state }) => state.phase !== 'done'),
    unmatched: unmatched.filter(({ siteCode }) => siteCode === null),
  }));
}

/** Gives a file without a site one. */
export async function giveSite(client: QueryClient, token: string, code: string): Promise<void> {
  try {
    const { siteCode } = await assignUnmatched(token, code, csrfTokenOf(client));
    setUnmatched(token, { siteCode, error: null });
    siteChanged(client, siteCode);
  } catch (error) {
    noteMissingRight(client, error);
    setUnmatched(token, { error });
  }
}

const askFirst = (event: BeforeUnloadEvent): void => event.preventDefault();

function askBeforeLeaving(isUnderWay: boolean): void {
  if (isUnderWay) window.addEventListener('beforeunload', askFirst);
  else window.removeEventListener('beforeunload', askFirst);
}

function setState(id: number, state: SortState): void {
  useSortQueue.setState(({ files }) => ({
    files: files.map((each) => (each.id === id ? { ...each, state } : each)),
  }));
}

function setUnmatched(token: string, part: Partial<UnmatchedFile>): void {
  useSortQueue.setState(({ unmatched }) => ({
    unmatched: unmatched.map((each) => (each.token === token ? { ...each, ...part } : each)),
  }));
}

async function proceed(client: QueryClient): Promise<void> {
  if (running !== null) return;
  for (;;) {
    const next = useSortQueue.getState().files.find(({ state }) => state.phase === 'waiting');
    askBeforeLeaving(next !== undefined);
    if (next === undefined) return;
    await send(client, next);
  }
}

async function send(client: QueryClient, { id, file, name, meaning }: SortedFile): Promise<void> {
  const abort = new AbortController();
  running = abort;
  setState(id, { phase: 'sending', share: 0 });
  try {
    const answer = await uploadSorted(file, name, meaning, {
      csrfToken: csrfTokenOf(client),
      onProgress: (share) => setState(id, { phase: 'sending', share }),
      signal: abort.signal,
    });
    setState(id, { phase: 'done', answer });
    const waiting = answer.unmatched.map((each): UnmatchedFile => ({ ...each, siteCode: null, error: null }));
    useSortQueue.setState(({ unmatched }) => ({ unmatched: [...unmatched, ...waiting] }));
    for (const code of new Set(answer.stored.map(({ siteCode }) => siteCode))) siteChanged(client, code);
  } catch (error) {
    noteMissingRight(client, error);
    setState(id, { phase: 'failed', error });
  } finally {
    running = null;
  }
}
