/** Sends a request of the fuzzer and tells what came of it; never throws. */
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { openSocket } from '../http/raw-client.ts';
import { type FuzzRequest, isWellFormed, toBytes } from './fuzz-request.ts';

export type Outcome =
  | { kind: 'answer'; status: number; headers: ReadonlyMap<string, string>; body: string; ms: number }
  /** The connection ended without a whole answer. */
  | { kind: 'closed'; ms: number; reason: string }
  | { kind: 'hang'; ms: number };

export type Sender = { send(request: FuzzRequest): Promise<Outcome>; close(): void };

/** Keeps connections open between well-formed requests. `deadlineMs` after its start a request counts as hanging. */
export function createSender(url: string, deadlineMs: number): Sender {
  const { hostname, port } = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });

  function sendWellFormed(request: FuzzRequest, startedAt: number): Promise<Outcome> {
    return new Promise((resolve) => {
      const sent = httpRequest({
        agent,
        host: hostname,
        port,
        method: request.method,
        path: request.target,
        setHost: false,
        headers: headersFor(request),
      });
      const settle = (outcome: Outcome): void => {
        clearTimeout(deadline);
        resolve(outcome);
      };
      const msSince = (): number => performance.now() - startedAt;
      const deadline = setTimeout(() => {
        settle({ kind: 'hang', ms: msSince() });
        sent.destroy();
      }, deadlineMs);
      let answered = false;
      sent.on('response', (response) => {
        answered = true;
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', (error) => settle({ kind: 'closed', ms: msSince(), reason: error.message }));
        response.on('end', () => settle({ ...answerOf(response, Buffer.concat(chunks)), ms: msSince() }));
      });
      sent.on('error', (error) => {
        // The body was refused while it was still sent; the answer may have come before.
        if (!answered) settle({ kind: 'closed', ms: msSince(), reason: error.message });
      });
      sent.end(request.body === undefined ? undefined : Buffer.from(request.body, 'latin1'));
    });
  }

  function sendBytes(request: FuzzRequest, startedAt: number): Promise<Outcome> {
    return new Promise((resolve) => {
      const socket = openSocket(url);
      const chunks: Buffer[] = [];
      let reason = 'closed';
      const settle = (isHang: boolean): void => {
        clearTimeout(deadline);
        socket.destroy();
        const ms = performance.now() - startedAt;
        const text = Buffer.concat(chunks).toString('latin1');
        const answer = parseAnswer(text);
        if (answer !== undefined) resolve({ ...answer, ms });
        else resolve(isHang ? { kind: 'hang', ms } : { kind: 'closed', ms, reason });
      };
      const deadline = setTimeout(() => settle(true), deadlineMs);
      socket.on('data', (chunk) => chunks.push(chunk));
      socket.on('error', (error) => {
        reason = error.message;
      });
      socket.on('close', () => settle(false));
      socket.write(toBytes(request));
      // What is announced and never comes ends here, or the service would rightly wait for it.
      if (request.framing === 'too-long' || request.framing === 'bad-chunks') socket.end();
    });
  }

  return {
    send: (request) => (isWellFormed(request) ? sendWellFormed : sendBytes)(request, performance.now()),
    close: () => agent.destroy(),
  };
}

function headersFor({ headers, framing, body = '' }: FuzzRequest): string[] {
  const length = framing === 'length' ? [['Content-Length', String(Buffer.byteLength(body, 'latin1'))]] : [];
  const chunked = framing === 'chunked' ? [['Transfer-Encoding', 'chunked']] : [];
  return [...headers, ...length, ...chunked].flat();
}

type Answer = Omit<Extract<Outcome, { kind: 'answer' }>, 'ms'>;

function answerOf({ statusCode = 0, rawHeaders }: IncomingMessage, body: Buffer): Answer {
  const headers = new Map<string, string>();
  for (let at = 0; at < rawHeaders.length; at += 2)
    headers.set((rawHeaders[at] ?? '').toLowerCase(), rawHeaders[at + 1] ?? '');
  return { kind: 'answer', status: statusCode, headers, body: body.toString('utf8') };
}

/** The last answer in `text` that is not 1xx; undefined where there is no whole head. */
function parseAnswer(text: string): Answer | undefined {
  const rest = text.replace(/^(HTTP\/1\.1 1\d\d [^\r]*\r\n(?:[^\r]+\r\n)*\r\n)+/, '');
  const end = rest.indexOf('\r\n\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(rest)?.[1] ?? 0);
  if (end < 0 || status === 0) return undefined;
  const headers = new Map(
    rest
      .slice(0, end)
      .split('\r\n')
      .slice(1)
      .map((line) => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
      }),
  );
  return {
    kind: 'answer',
    status,
    headers,
    body: Buffer.from(rest.slice(end + 4), 'latin1').toString('utf8'),
  };
}
