/**
 * Keeps what is typed on this computer until it is submitted, by account, site and period: nothing is lost by a
 * reload, a sign-out or a failed request, and nobody sees the draft of another account.
 */
import { z } from 'zod';
import { type Draft, draftSchema } from './draft.ts';

const PREFIX = 'lantu-draft/';
/** Older drafts belong to periods long past. */
const KEEP_MS = 90 * 24 * 3_600_000;

export type DraftKey = { accountId: string; code: string; period: string };

const keptSchema = z.object({
  draft: draftSchema,
  /** Version of the site the typing began from: what others change afterwards is a conflict. */
  baseVersion: z.number().int(),
  /** What stood then, by field, for the comparison. */
  before: z.record(z.string(), z.union([z.string(), z.number()])),
  savedAt: z.number(),
});
export type KeptDraft = {
  draft: Draft;
  baseVersion: number;
  before: Record<string, string | number>;
  savedAt: number;
};

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const nameOf = ({ accountId, code, period }: DraftKey) => `${PREFIX}${accountId}/${period}/${code}`;

/** Null where there is none, or none that can be read. */
export function readKept(store: Store, key: DraftKey): KeptDraft | null {
  try {
    const kept = keptSchema.safeParse(JSON.parse(store.getItem(nameOf(key)) ?? 'null'));
    return kept.success ? kept.data : null;
  } catch {
    return null;
  }
}

/** False where the browser keeps nothing (storage full or switched off). */
export function keep(store: Store, key: DraftKey, kept: KeptDraft): boolean {
  try {
    store.setItem(nameOf(key), JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

export function forget(store: Store, key: DraftKey): void {
  try {
    store.removeItem(nameOf(key));
  } catch {
    // Nothing is kept where the browser allows no storage.
  }
}

/** Removes drafts nobody came back to. */
export function sweepDrafts(store: Store, now: number): void {
  try {
    const names = Array.from({ length: store.length }, (_, index) => store.key(index));
    for (const name of names) {
      if (!name?.startsWith(PREFIX)) continue;
      const kept = keptSchema.safeParse(JSON.parse(store.getItem(name) ?? 'null'));
      if (!kept.success || now - kept.data.savedAt > KEEP_MS) store.removeItem(name);
    }
  } catch {
    // The same.
  }
}
