import { describe, expect, it } from 'vitest';
import { draftOfAnswer } from '../../../../client/panels/marking/draft.ts';
import { forget, keep, readKept, sweepDrafts } from '../../../../client/panels/marking/draft-store.ts';

function memory(): Storage {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
    clear: () => kept.clear(),
  };
}

const key = { accountId: 'a', code: 'CT/1', period: '2025-09' };
const draft = {
  draft: draftOfAnswer({ progressPercent: 70 }, 'mu', '2025-09-30'),
  baseVersion: 5,
  before: { progressPercent: 65 },
  savedAt: 1_000,
};

describe('drafts on this computer', () => {
  it('come back as they were kept, to the same account, site and month only', () => {
    const store = memory();
    expect(keep(store, key, draft)).toBe(true);
    expect(readKept(store, key)).toEqual(draft);
    expect(readKept(store, { ...key, accountId: 'b' })).toBeNull();
    expect(readKept(store, { ...key, period: '2025-10' })).toBeNull();
    forget(store, key);
    expect(readKept(store, key)).toBeNull();
  });

  it('that cannot be read are none', () => {
    const store = memory();
    store.setItem('lantu-draft/a/2025-09/CT/1', '{"draft":{}}');
    expect(readKept(store, key)).toBeNull();
    store.setItem('lantu-draft/a/2025-09/CT/1', 'not json');
    expect(readKept(store, key)).toBeNull();
  });

  it('say so where the browser keeps nothing', () => {
    const full = {
      ...memory(),
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    };
    expect(keep(full, key, draft)).toBe(false);
  });

  it('that nobody came back to are swept, others and foreign entries stay', () => {
    const store = memory();
    const day = 24 * 3_600_000;
    const now = 1_000 * day;
    keep(store, key, { ...draft, savedAt: now - 100 * day });
    keep(store, { ...key, code: 'CT2' }, { ...draft, savedAt: now - day });
    store.setItem('something-else', '1');
    sweepDrafts(store, now);
    expect(readKept(store, key)).toBeNull();
    expect(readKept(store, { ...key, code: 'CT2' })).not.toBeNull();
    expect(store.getItem('something-else')).toBe('1');
  });
});
