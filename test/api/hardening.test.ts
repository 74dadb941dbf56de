/** The whole service before clients that are odd, greedy or hostile; the bounds of single connections are tested by themselves. */
import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { findRegion } from '../../server/open-context.ts';
import { type RunningServer, startServer } from '../../server/start-server.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { exchange, openSocket, statusesOf } from '../http/raw-client.ts';
import { signedInAs } from '../signed-in.ts';

describeOnEngines('the service', ({ place, engine }) => {
  let running: RunningServer;
  let host: string;
  const lines: string[] = [];
  beforeAll(async () => {
    const { config } = readConfig({ PORT: '0', LANTU_SAMPLE: 'off' });
    running = await startServer({
      config: { ...config, ...(await place()) },
      region: findRegion(config.regionId),
      log: pino({ level: 'info' }, { write: (line: string) => lines.push(line) }),
      onProgress: () => undefined,
      bounds: { headersMs: 5_000, stallMs: 5_000 },
    });
    host = new URL(running.url).host;
  }, 120_000);
  afterAll(() => running.stop());

  const ask = (bytes: string, waitMs?: number) => exchange(running.url, bytes, waitMs);
  const closing = 'Connection: close\r\n\r\n';

  it('answers two hundred connections at once', async () => {
    const paths = [
      '/ogc/collections/mine_sites/items',
      '/api/catalogue',
      '/ogc/collections/rivers/tiles/WebMercatorQuad/1/0/0',
      '/health',
    ];
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        ask(
          `GET ${paths[index % paths.length]} HTTP/1.1\r\nHost: ${host}\r\nX-N: ${index}\r\n${closing}`,
          20_000,
        ),
      ),
    );
    const statuses = answers.map(({ text }) => statusesOf(text)[0]);
    expect(new Set(statuses)).toEqual(new Set([200, 204]));
  }, 40_000);

  it('survives clients that leave in the middle, without a connection or a question left behind', async () => {
    for (let round = 0; round < 100; round += 1) {
      const socket = openSocket(running.url).on('error', () => undefined);
      socket.write(
        `GET /ogc/collections/counties/items?bbox=113,24,11${round % 10}.${round},27 HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
      );
      setTimeout(() => socket.destroy(), round % 5);
    }
    const { pool } = running.context.database;
    await expect
      .poll(() => pool.totalCount - pool.idleCount + pool.waitingCount, { timeout: 10_000 })
      .toBe(0);
    expect((await fetch(`${running.url}/ready`)).status).toBe(200);
  });

  if (engine === 'embedded') return;

  it('answers pipelined requests in order, and a flood of them within its bounds', async () => {
    const three = ['/health', '/nothing', '/ready'].map(
      (path) => `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n`,
    );
    expect(statusesOf((await ask(`${three.join('\r\n')}${closing}`)).text)).toEqual([200, 404, 200]);
    const flood = `GET /api/search?q=a HTTP/1.1\r\nHost: ${host}\r\n\r\n`.repeat(2_000);
    const { text } = await ask(`${flood}GET /health HTTP/1.1\r\nHost: ${host}\r\n${closing}`, 30_000);
    expect(statusesOf(text)).toHaveLength(2_001);
    expect(statusesOf(text).filter((status) => status !== 200 && status !== 503)).toEqual([]);
  }, 40_000);

  it.each([
    ['HTTP/1.0', 'GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n', 200],
    ['HTTP/1.0 without a host', 'GET /health HTTP/1.0\r\n\r\n', 400],
    ['HTTP/1.1 without a host', `GET /health HTTP/1.1\r\n${closing}`, 400],
    ['two hosts', `GET /health HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n${closing}`, 400],
    ['a host that is another', `GET /api/catalogue HTTP/1.1\r\nHost: attacker.example\r\n${closing}`, 421],
    [
      'a target as to a proxy',
      `GET http://localhost/api/catalogue HTTP/1.1\r\nHost: localhost\r\n${closing}`,
      200,
    ],
    [
      'a target of another host',
      `GET http://attacker.example/health HTTP/1.1\r\nHost: localhost\r\n${closing}`,
      421,
    ],
    ['no path', `OPTIONS * HTTP/1.1\r\nHost: localhost\r\n${closing}`, 404],
    [
      'a wish to upgrade',
      `GET /health HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade, close\r\n\r\n`,
      200,
    ],
    ['an expectation', `GET /health HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n${closing}`, 200],
    ['150 headers', `GET /health HTTP/1.1\r\nHost: localhost\r\n${'X-A: b\r\n'.repeat(150)}${closing}`, 431],
    [
      'headers of 20 kB',
      `GET /health HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}\r\n${closing}`,
      431,
    ],
    [
      'two ways to measure a body',
      `POST /api/session HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n${closing}0\r\n\r\n`,
      400,
    ],
    ['a folded header', `GET /health HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n${closing}`, 400],
    ['a tunnel', `CONNECT localhost:5432 HTTP/1.1\r\nHost: localhost\r\n${closing}`, undefined],
  ])('answers a request with %s', async (_name, bytes, status) => {
    const { text, isClosed } = await ask(bytes, 5_000);
    expect(isClosed).toBe(true);
    expect(statusesOf(text).filter((each) => each !== 100)).toEqual(status === undefined ? [] : [status]);
    if (status !== undefined && status >= 400) expect(text).toContain('application/problem+json');
  });

  it('refuses a body that never ends before it has come, and an upload nobody may make', async () => {
    for (const path of ['/api/catalogue', '/api/imports']) {
      const endless = openSocket(running.url).on('error', () => undefined);
      endless.write(
        `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: multipart/form-data; boundary=a\r\nTransfer-Encoding: chunked\r\n\r\n`,
      );
      const push = setInterval(() => endless.write(`ffff\r\n${'x'.repeat(0xffff)}\r\n`), 5);
      let text = '';
      endless.on('data', (chunk) => {
        text += chunk.toString();
      });
      const startedAt = performance.now();
      await new Promise((resolve) => endless.once('close', resolve));
      clearInterval(push);
      expect(performance.now() - startedAt).toBeLessThan(20_000);
      expect([401, 405, 413]).toContain(statusesOf(text)[0]);
    }
  }, 60_000);

  it('tells a reader of a page elsewhere nothing, and repeats no host it does not know', async () => {
    const { text } = await ask(
      `GET /ogc HTTP/1.1\r\nHost: attacker.example\r\nOrigin: http://attacker.example\r\n${closing}`,
    );
    expect(statusesOf(text)).toEqual([421]);
    expect(text).not.toContain('access-control');
    expect(text).toContain('LANTU_PUBLIC_URL');
    const own = await ask(`GET /ogc HTTP/1.1\r\nHost: localhost:1\r\n${closing}`);
    expect(own.text).toContain('http://localhost:1/ogc/collections');
    expect(own.text).not.toContain('attacker.example');
  });

  it('writes one line of JSON for each request, whatever it holds, and no secret', async () => {
    lines.length = 0;
    const { headers } = await signedInAs(running.context, 'administrator');
    const secrets = [headers['X-CSRF-Token'], headers.cookie.split('=')[1] ?? '', 'a-password-typed'];
    const basic = Buffer.from('somebody:a-password-typed').toString('base64');
    await ask(
      `GET /nothing?q=%0a{"level":30,"msg":"forged"}\u001b[31m HTTP/1.1\r\nHost: ${host}\r\n${closing}`,
    );
    await ask(
      `GET /nothing/%0A%22forged%22?q=%1b[2J HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: "forged\r\nX-Request-Id: a"b\r\n${closing}`,
    );
    await fetch(`${running.url}/api/session`, {
      method: 'POST',
      headers: {
        ...headers,
        'content-type': 'application/json',
        authorization: `Basic ${basic}`,
      },
      body: JSON.stringify({ username: 'somebody', password: 'a-password-typed' }),
    });
    await fetch(`${running.url}/ogc`, { headers: { authorization: `Basic ${basic}` } });
    await expect.poll(() => lines.length).toBeGreaterThanOrEqual(2);
    for (const line of lines) {
      expect(line.trimEnd()).not.toMatch(/\p{Cc}/u);
      expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number) });
      expect((JSON.parse(line) as { msg?: string }).msg).not.toBe('forged');
      for (const secret of [...secrets, basic]) expect(line).not.toContain(secret);
    }
  });
});
