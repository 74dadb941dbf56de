/**
 * The frames of PostgreSQL's wire protocol, version 3: type byte, length (counting itself), payload.
 * Only what the bridge needs: cut what a client writes into batches, and check what the engine answers.
 * https://www.postgresql.org/docs/current/protocol-message-formats.html
 */

const letter = (text: string): number => text.charCodeAt(0);

/** What a client sends. */
const query = letter('Q');
const sync = letter('S');
const execute = letter('E');
export const terminate = letter('X');
const refused = new Set([letter('H'), letter('d'), letter('c'), letter('f')]);

/** What the engine answers. */
const readyForQuery = letter('Z');
const errorResponse = letter('E');
const copyResponses = new Set([letter('G'), letter('H'), letter('W')]);
/** CommandComplete, EmptyQueryResponse, PortalSuspended: a statement ended. */
const statementEnds = new Set([letter('C'), letter('I'), letter('s')]);

const headerLength = 5;

/** One batch runs in one go: everything up to Sync, or one simple Query. */
export type Batch = { bytes: Uint8Array<ArrayBuffer>; statements: number };
export type ClientInput = { batches: Batch[]; terminated: boolean };

/** Takes what a client writes, in pieces of any size, and gives whole batches. */
export function createBatchReader(): (chunk: Buffer) => ClientInput {
  let pending: Buffer = Buffer.alloc(0);
  let scanned = 0;
  let statements = 0;
  return (chunk) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    const batches: Batch[] = [];
    while (pending.length - scanned >= headerLength) {
      const end = scanned + 1 + pending.readUInt32BE(scanned + 1);
      if (end > pending.length) break;
      const type = pending[scanned] ?? 0;
      if (type === terminate) return { batches, terminated: true };
      if (refused.has(type)) throw new Error('COPY and Flush are not possible on the embedded database');
      if (type === execute || type === query) statements += 1;
      scanned = end;
      if (type === sync || type === query) {
        batches.push({ bytes: new Uint8Array(pending.subarray(0, scanned)), statements });
        pending = pending.subarray(scanned);
        scanned = 0;
        statements = 0;
      }
    }
    return { batches, terminated: false };
  };
}

/** Why an answer cannot be handed on. */
export type AnswerFault = 'no-end' | 'no-ready' | 'copy' | 'cut';

/**
 * The answer of a batch of `statements` with only its last ReadyForQuery, or the fault it shows:
 * an answer in which neither every statement ended nor an error came was cut short inside the engine.
 */
export function checkAnswer(
  answer: Uint8Array,
  statements: number,
): { answer: Uint8Array<ArrayBuffer> } | { fault: AnswerFault } {
  const view = new DataView(answer.buffer, answer.byteOffset, answer.byteLength);
  const kept: Uint8Array[] = [];
  let ready: Uint8Array | undefined;
  let ended = 0;
  let failed = false;
  let from = 0;
  let at = 0;
  while (at + headerLength <= answer.length) {
    const type = answer[at] ?? 0;
    const next = at + 1 + view.getUint32(at + 1);
    if (next > answer.length) return { fault: 'cut' };
    if (copyResponses.has(type)) return { fault: 'copy' };
    if (type === errorResponse) failed = true;
    if (statementEnds.has(type)) ended += 1;
    if (type === readyForQuery) {
      kept.push(answer.subarray(from, at));
      ready = answer.subarray(at, next);
      from = next;
    }
    at = next;
  }
  if (at !== answer.length) return { fault: 'cut' };
  if (ready === undefined || from !== answer.length) return { fault: 'no-ready' };
  if (!failed && ended < statements) return { fault: 'no-end' };
  return { answer: join([...kept, ready]) };
}

/** An ErrorResponse as the engine would send it. */
export function fatalError(sqlState: string, message: string): Buffer {
  const fields = `SFATAL\0VFATAL\0C${sqlState}\0M${message}\0\0`;
  return frame('E', Buffer.from(fields, 'utf8'));
}

/** The answer to a startup packet: welcome, a few parameters, ready. */
export function greeting(): Buffer {
  const parameter = (name: string, value: string) => frame('S', Buffer.from(`${name}\0${value}\0`));
  return Buffer.concat([
    frame('R', Buffer.alloc(4)),
    parameter('client_encoding', 'UTF8'),
    parameter('DateStyle', 'ISO, MDY'),
    parameter('standard_conforming_strings', 'on'),
    parameter('TimeZone', 'UTC'),
    frame('K', Buffer.alloc(8)),
    frame('Z', Buffer.from('I')),
  ]);
}

/** A simple Query. */
export function simpleQuery(sql: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(frame('Q', Buffer.from(`${sql}\0`)));
}

function frame(type: string, payload: Buffer): Buffer {
  const header = Buffer.alloc(headerLength);
  header.write(type, 0, 'latin1');
  header.writeUInt32BE(payload.length + 4, 1);
  return Buffer.concat([header, payload]);
}

function join(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
