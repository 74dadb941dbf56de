/** What Node refuses before any route sees it, answered as a problem document instead of an empty line. */
import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';

type Refusal = { status: number; code: string; text: Bilingual };

const malformed: Refusal = {
  status: 400,
  code: 'bad-request',
  text: {
    zh: '不是有效的 HTTP 请求:请检查方法、路径(按 UTF-8 做百分号编码)和请求头。',
    en: 'This is no valid HTTP request: check method, path (percent-encoded as UTF-8) and headers.',
  },
};

const refusals: Record<string, Refusal> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    code: 'headers-too-large',
    text: {
      zh: '路径和请求头合计超过 16 kB,请缩短后重试。',
      en: 'Path and headers are more than 16 kB together; shorten them and try again.',
    },
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    code: 'request-timeout',
    text: {
      zh: '请求没有在限定时间内发完,请重试。',
      en: 'The request did not arrive in time; send it again.',
    },
  },
};

const unknownExpectation: Refusal = {
  status: 417,
  code: 'expectation-failed',
  text: { zh: '请求头 Expect 只支持 100-continue。', en: 'The header Expect may only be 100-continue.' },
};

/** In both languages: nothing that is known of such a request says which one is wanted. */
function problemOf({ status, code, text }: Refusal): string {
  return JSON.stringify({
    type: `urn:lantu:problem:${code}`,
    title: STATUS_CODES[status],
    status,
    detail: `${text.zh} ${text.en}`,
    instance: `urn:lantu:request:${randomUUID()}`,
    code,
  });
}

function headersOf(body: string): Record<string, string> {
  return {
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(body)),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    Connection: 'close',
  };
}

/** Every request the server's parser refuses gets its status, what to do, and a closed connection. */
export function explainMalformedRequests(server: Server): void {
  const unanswered = new WeakMap<Duplex, number>();
  const count = (socket: Duplex, change: number): void => {
    unanswered.set(socket, (unanswered.get(socket) ?? 0) + change);
  };
  const watch = ({ socket }: IncomingMessage, response: ServerResponse): void => {
    count(socket, 1);
    response.once('close', () => count(socket, -1));
  };
  server.on('request', watch);
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    // A second answer beside one that is still sent would be read as part of it.
    if (error.code === 'ECONNRESET' || !socket.writable || (unanswered.get(socket) ?? 0) > 0) {
      socket.destroy();
      return;
    }
    const refusal = refusals[error.code ?? ''] ?? malformed;
    const body = problemOf(refusal);
    const lines = Object.entries(headersOf(body)).map(([name, value]) => `${name}: ${value}`);
    const head = [`HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}`, ...lines].join('\r\n');
    socket.end(`${head}\r\n\r\n${body}`, () => socket.destroy());
  });
  server.on('checkExpectation', (request, response) => {
    watch(request, response);
    const body = problemOf(unknownExpectation);
    response.writeHead(unknownExpectation.status, headersOf(body)).end(body);
  });
}
