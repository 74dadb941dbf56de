/**
 * Reading of layers that are not open to everybody, for the audit: counted in memory and written once a minute, one entry per
 * account, layer and kind, so that readers never wait for the chain. A process that is killed loses a minute.
 */
import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';
import { type AuditRecord, recordAudit } from './record-audit.ts';

export type ReadingKind = 'items' | 'tiles' | 'search' | 'figures' | 'download' | 'sheet';

export type ReadingRecorder = {
  count(reading: { actor: string; layerId: string; kind: ReadingKind }): void;
  /** Writes what was counted; what cannot be written is kept for the next time. Never rejects. */
  flush(): Promise<void>;
  /** Writes the rest and stops. */
  close(): Promise<void>;
};

type Counted = { actor: string; layerId: string; kind: ReadingKind; requests: number; from: Date; to: Date };

export function createReadingRecorder(
  database: Pick<Database, 'query'>,
  log: Pick<Logger, 'warn'>,
  everyMs = 60_000,
): ReadingRecorder {
  let counted = new Map<string, Counted>();
  let writing: Promise<void> = Promise.resolve();

  function add({ actor, layerId, kind, requests, from, to }: Counted): void {
    const key = JSON.stringify([actor, layerId, kind]);
    const before = counted.get(key);
    if (before === undefined) {
      counted.set(key, { actor, layerId, kind, requests, from, to });
      return;
    }
    before.requests += requests;
    if (from < before.from) before.from = from;
    if (to > before.to) before.to = to;
  }

  async function write(): Promise<void> {
    if (counted.size === 0) return;
    const written = [...counted.values()];
    counted = new Map();
    try {
      await recordAudit(database, ...written.map(asRecord));
    } catch (error) {
      log.warn({ err: error }, 'what was read could not be written into the audit; it is tried again');
      for (const each of written) add(each);
    }
  }

  function flush(): Promise<void> {
    writing = writing.then(write);
    return writing;
  }

  const timer = setInterval(flush, everyMs).unref();
  return {
    count(reading) {
      const now = new Date();
      add({ ...reading, requests: 1, from: now, to: now });
    },
    flush,
    async close() {
      clearInterval(timer);
      await flush();
    },
  };
}

function asRecord({ actor, layerId, kind, requests, from, to }: Counted): AuditRecord {
  return { actor, action: `read.${kind}`, subject: layerId, detail: { requests, from, to } };
}
