/** Cutting the wire protocol into batches, and telling a whole answer from one that was cut short. */
import { describe, expect, it } from 'vitest';
import {
  checkAnswer,
  createBatchReader,
  fatalError,
  simpleQuery,
} from '../../../server/db/embedded/protocol.ts';

function message(type: string, payload = ''): Buffer {
  const body = Buffer.from(payload);
  const header = Buffer.alloc(5);
  header.write(type, 0, 'latin1');
  header.writeUInt32BE(body.length + 4, 1);
  return Buffer.concat([header, body]);
}
const all = (...messages: Buffer[]) => Buffer.concat(messages);
const ready = message('Z', 'I');
const complete = message('C', 'SELECT 1\0');
const text = (result: ReturnType<typeof checkAnswer>) =>
  'fault' in result ? result.fault : Buffer.from(result.answer).toString('latin1');

describe('batches', () => {
  const extended = all(
    message('P', '\0select 1\0\0\0'),
    message('B'),
    message('D'),
    message('E'),
    message('S'),
  );

  it('end at Sync and at a simple Query', () => {
    const { batches } = createBatchReader()(all(extended, Buffer.from(simpleQuery('select 2')), extended));
    expect(batches.map(({ bytes, statements }) => [bytes.length, statements])).toEqual([
      [extended.length, 1],
      [simpleQuery('select 2').length, 1],
      [extended.length, 1],
    ]);
  });

  it('are the same whatever the pieces in which they arrive', () => {
    const read = createBatchReader();
    const batches = [...all(extended, extended)].flatMap((byte) => read(Buffer.from([byte])).batches);
    expect(batches.map(({ bytes }) => Buffer.from(bytes))).toEqual([extended, extended]);
  });

  it('tell that the client leaves', () => {
    expect(createBatchReader()(all(extended, message('X')))).toMatchObject({
      terminated: true,
      batches: [{}],
    });
  });

  it('refuse what the engine cannot do instead of waiting for it', () => {
    expect(() => createBatchReader()(message('H'))).toThrow('Flush');
  });
});

describe('an answer', () => {
  it('keeps only its last ReadyForQuery', () => {
    const answer = checkAnswer(all(message('1'), ready, message('2'), complete, ready, ready), 1);
    expect(text(answer)).toBe(all(message('1'), message('2'), complete, ready).toString('latin1'));
  });

  it('passes when a statement failed', () => {
    expect(text(checkAnswer(all(fatalError('22012', 'division'), ready), 1))).toContain('22012');
  });

  it.each<[string, Buffer, string]>([
    ['rows that no statement ended', all(message('T'), message('D', 'row'), ready), 'no-end'],
    ['one end for two statements', all(complete, ready), 'no-end'],
    ['no ReadyForQuery', all(complete, complete), 'no-ready'],
    ['something after the last ReadyForQuery', all(complete, complete, ready, complete), 'no-ready'],
    ['a message cut in the middle', all(complete, complete, ready).subarray(0, -2), 'cut'],
    ['nothing at all', Buffer.alloc(0), 'no-ready'],
    ['the start of a COPY', all(message('H'), complete, complete, ready), 'copy'],
  ])('with %s is a fault', (_what, answer, fault) => {
    expect(checkAnswer(answer, 2)).toEqual({ fault });
  });
});
