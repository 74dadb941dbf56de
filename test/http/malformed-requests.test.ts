/** Requests that Node's parser refuses: a problem document, a closed connection, and never a second answer. */
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explainMalformedRequests } from '../../server/http/malformed-requests.ts';

describe('a request that is no HTTP', () => {
  const server = createServer((_request, response) => response.end('fine'));
  beforeAll(async () => {
    explainMalformedRequests(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  /** Everything the server says until it closes the connection. */
  function answerTo(bytes: string): Promise<string> {
    return new Promise((resolve, reject) => {
      let answer = '';
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
      socket.on('data', (chunk) => {
        answer += chunk.toString();
      });
      socket.on('close', () => resolve(answer)).on('error', reject);
      socket.write(bytes);
    });
  }

  it.each([
    ['an unknown method', 'FOO / HTTP/1.1\r\nHost: a\r\n\r\n', 400, 'percent-encoded'],
    ['a raw letter in the path', 'GET /赣州 HTTP/1.1\r\nHost: a\r\n\r\n', 400, 'percent-encoded'],
    ['headers beyond measure', `GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'shorten'],
    ['an unknown expectation', 'GET / HTTP/1.1\r\nHost: a\r\nExpect: gold\r\n\r\n', 417, '100-continue'],
  ])('with %s is told what to do', async (_name, bytes, status, words) => {
    const [head = '', body = ''] = (await answerTo(bytes)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head).toContain('application/problem+json');
    const problem = JSON.parse(body) as { status: number; detail: string; code: string };
    expect(problem.status).toBe(status);
    expect(problem.detail).toContain(words);
    expect(problem.code).toMatch(/^[a-z-]+$/);
  });

  it('is told so on a connection that has served before', async () => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await expect.poll(() => answer).toContain('fine');
    socket.write(`GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`);
    await closed;
    expect(answer).toContain('HTTP/1.1 431 ');
    expect(answer).toContain('headers-too-large');
  });

  it('close behind a good one on the same connection ends the connection without a second answer', async () => {
    const answer = await answerTo('GET / HTTP/1.1\r\nHost: a\r\n\r\nFOO / HTTP/1.1\r\n\r\n');
    expect(answer.match(/HTTP\/1\.1 /g)?.length ?? 0).toBeLessThanOrEqual(1);
  });
});
