/** What a stream tells of writing: kept revisions and rights stand or fall with it. */
import { expect, it } from 'vitest';
import { createClientStreams } from '../../../server/db/embedded/client-stream.ts';
import type { BatchOutcome, EmbeddedEngine } from '../../../server/db/embedded/engine.ts';
import { simpleQuery } from '../../../server/db/embedded/protocol.ts';

const answer: BatchOutcome = { kind: 'answer', bytes: new Uint8Array(Buffer.from('answer')) };
const fault: BatchOutcome = { kind: 'fault', fault: 'timeout', detail: 'over 1 ms' };

/** What happened in order, when one batch got this outcome. */
async function eventsOf(outcome: BatchOutcome, readsOnly: boolean | undefined): Promise<string[]> {
  const events: string[] = [];
  const engine: EmbeddedEngine = {
    ready: async () => undefined,
    async run() {
      events.push('ran');
      return outcome;
    },
    close: async () => undefined,
  };
  const stream = createClientStreams(engine, {
    timeoutMs: 1_000,
    onPossibleWrite: () => events.push('counted'),
  })();
  if (readsOnly !== undefined) stream.readsOnly = readsOnly;
  const heard = new Promise<void>((resolve) => {
    let isGreeting = true;
    stream.on('data', () => {
      if (!isGreeting) {
        events.push('heard');
        resolve();
      }
      isGreeting = false;
    });
  });
  stream.write(Buffer.from('hello'));
  stream.write(Buffer.from(simpleQuery('commit')));
  await heard;
  return events;
}

it('counts every batch it knows nothing of, before its client hears of it', async () => {
  expect(await eventsOf(answer, undefined)).toEqual(['ran', 'counted', 'heard']);
  expect(await eventsOf(answer, false)).toEqual(['ran', 'counted', 'heard']);
});

it('does not count what only reads', async () => {
  expect(await eventsOf(answer, true)).toEqual(['ran', 'heard']);
});

it('counts what was cut short, because nobody knows what stands', async () => {
  expect(await eventsOf(fault, false)).toEqual(['ran', 'counted', 'heard']);
  expect(await eventsOf(fault, true)).toEqual(['ran', 'counted', 'heard']);
});
