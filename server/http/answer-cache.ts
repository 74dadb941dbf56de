/**
 * Answers, computed once for equal requests at the same time, compressed once, and kept while there is
 * room. A key begins with the revision of the data, so that an answer never outlives its data: what is
 * stored under the answer's own revision was read in the same snapshot as its content.
 */
import { createHash } from 'node:crypto';
import { type Encoding, encode } from './content-encoding.ts';

/** What a use case gives: a finished answer and the revision it was read at. */
export type Answer = {
  revision: string;
  status?: 200 | 204;
  contentType: string;
  body: string | Buffer;
  headers?: Record<string, string>;
};

export type EncodedAnswer = { bytes: Buffer; etag: string };

type Entry = {
  key: string;
  answer: Answer;
  identity: Buffer;
  encoded: Map<Encoding, Promise<EncodedAnswer>>;
  bytes: number;
};

export type AnswerCache = {
  /** The answer for `key` at `revision`, from the cache, from an equal request under way, or computed. */
  get(key: string, revision: string, compute: () => Promise<Answer>): Promise<CachedAnswer>;
  /** Bytes and entries kept now, and how look-ups ended. */
  stats(): { bytes: number; entries: number; hits: number; shared: number; misses: number };
};

export type CachedAnswer = Pick<Answer, 'revision' | 'status' | 'contentType' | 'headers'> & {
  length: number;
  encoded(encoding: Encoding): Promise<EncodedAnswer>;
};

/** A cache of at most `maxBytes`, counting every encoding; the least recently used goes first. */
export function createAnswerCache(maxBytes: number): AnswerCache {
  const kept = new Map<string, Entry>();
  const underWay = new Map<string, Promise<Entry>>();
  const count = { bytes: 0, hits: 0, shared: 0, misses: 0 };

  function drop(key: string): void {
    const entry = kept.get(key);
    if (entry === undefined) return;
    kept.delete(key);
    count.bytes -= entry.bytes;
  }

  function makeRoom(): void {
    for (const key of kept.keys()) {
      if (count.bytes <= maxBytes) return;
      drop(key);
    }
  }

  function keep(entry: Entry): void {
    drop(entry.key);
    kept.set(entry.key, entry);
    count.bytes += entry.bytes;
    makeRoom();
  }

  function grow(entry: Entry, bytes: number): void {
    entry.bytes += bytes;
    if (kept.get(entry.key) !== entry) return;
    count.bytes += bytes;
    makeRoom();
  }

  function view(entry: Entry): CachedAnswer {
    const { revision, status, contentType, headers } = entry.answer;
    return {
      revision,
      ...(status === undefined ? {} : { status }),
      ...(headers === undefined ? {} : { headers }),
      contentType,
      length: entry.identity.length,
      encoded(encoding) {
        const known = entry.encoded.get(encoding);
        if (known !== undefined) return known;
        const made = encode(entry.identity, encoding).then((bytes) => {
          if (encoding !== 'identity') grow(entry, bytes.length);
          return { bytes, etag: etagOf(entry.identity, encoding) };
        });
        entry.encoded.set(encoding, made);
        made.catch(() => entry.encoded.delete(encoding));
        return made;
      },
    };
  }

  return {
    async get(key, revision, compute) {
      const asked = `${revision}\n${key}`;
      const found = kept.get(asked);
      if (found !== undefined) {
        count.hits += 1;
        kept.delete(asked);
        kept.set(asked, found);
        return view(found);
      }
      const running = underWay.get(asked);
      if (running !== undefined) {
        count.shared += 1;
        return view(await running);
      }
      count.misses += 1;
      const work = compute().then((answer) => {
        const identity = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body;
        const entry: Entry = {
          key: `${answer.revision}\n${key}`,
          answer: { ...answer, body: '' },
          identity,
          encoded: new Map(),
          bytes: identity.length + key.length + 500,
        };
        // One answer may not push out half of the others.
        if (entry.bytes <= maxBytes / 4) keep(entry);
        return entry;
      });
      underWay.set(asked, work);
      try {
        return view(await work);
      } finally {
        underWay.delete(asked);
      }
    },
    stats: () => ({ ...count, entries: kept.size }),
  };
}

/** Strong: equal bytes have it, on every process; each encoding has its own. */
function etagOf(identity: Buffer, encoding: Encoding): string {
  const hash = createHash('sha256').update(identity).digest('base64url').slice(0, 22);
  return encoding === 'identity' ? `"${hash}"` : `"${hash}-${encoding}"`;
}
