/** A tile server on a free port that can be told to misbehave, and keeps what it was asked. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type FakeUpstream = {
  /** http://127.0.0.1:port */
  url: string;
  host: string;
  /** Requests since the start, oldest first. */
  asked: { path: string; query: URLSearchParams; headers: IncomingMessage['headers'] }[];
  /** What is answered from now on. */
  answer: Answer;
  close(): Promise<void>;
};

export type Answer = (request: IncomingMessage, response: ServerResponse, url: URL) => void;

export async function startFakeUpstream(answer: Answer): Promise<FakeUpstream> {
  const asked: FakeUpstream['asked'] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://upstream');
    asked.push({ path: url.pathname, query: url.searchParams, headers: request.headers });
    upstream.answer(request, response, url);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const upstream: FakeUpstream = {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    asked,
    answer,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return upstream;
}

export function picture(bytes: Buffer, type = 'image/png', headers: Record<string, string> = {}): Answer {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': type, ...headers }).end(bytes);
  };
}

export function status(code: number, headers: Record<string, string> = {}): Answer {
  return (_request, response) => {
    response.writeHead(code, headers).end('no');
  };
}
