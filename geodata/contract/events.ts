/**
 * The stream GET /api/events (text/event-stream): what has changed, so that an open screen asks again. Events by name:
 * `hello` once at the start, `change`, `reload` where what was missed cannot be told, `beat` as a sign of life every
 * `beatEveryMs`, `end` where the account behind the stream is no longer the same. The id of an event goes into
 * Last-Event-ID or the parameter `after`, and the stream goes on from there.
 */
import { z } from 'zod';

/** Data of `hello` and `reload`: the revision of every layer the caller may read, at the place the stream goes on from. */
export const helloSchema = z.object({ layers: z.record(z.string(), z.string()) });
export type Hello = z.infer<typeof helloSchema>;

/** Data of `change`. */
export const changeSchema = z.object({
  /** New revision by layer id, of the layers the caller may read; '' as a revision: it may no longer be read. */
  layers: z.record(z.string(), z.string()),
  /** Codes of the mine sites that something was recorded of; null: any may have changed. */
  sites: z.array(z.string()).nullable(),
});
export type Change = z.infer<typeof changeSchema>;

export const beatEveryMs = 15_000;
