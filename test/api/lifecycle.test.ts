/** `npm start` seen from outside: address, taken port, wrong settings, signals, second server on one folder. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { roleIdSchema } from '../../geodata/contract/session.ts';
import { cleanEnvironment, projectDir, type StartedApp, startApp } from '../started-app.ts';

describe('npm start', () => {
  let app: StartedApp;
  let dataDir: string;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'lantu-lifecycle-'));
    app = await startApp({ dataDir, environment: { LANTU_BASE_PATH: '/lantu' } });
  }, 240_000);

  afterAll(async () => {
    await app.stop('SIGKILL');
    await rm(dataDir, { recursive: true, force: true });
  });

  it('prints the address it answers on, below the base path', async () => {
    expect(app.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/lantu$/);
    const page = await fetch(`${app.url}/`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('览图');
    expect((await fetch(`${app.url}/ready`)).status).toBe(200);
  });

  it('tells the passwords of the sample accounts once, keeps them for this user only, out of the log', async () => {
    const path = join(dataDir, 'sample-accounts.json');
    const accounts = z
      .array(
        z.strictObject({
          username: z.string(),
          password: z.string(),
          role: roleIdSchema,
          counties: z.array(z.string()),
        }),
      )
      .parse(JSON.parse(await readFile(path, 'utf8')));
    expect(accounts.map(({ username, role, counties }) => [username, role, counties])).toEqual([
      ['admin', 'administrator', []],
      ['city', 'city_reviewer', []],
      ['xingguo-editor', 'editor', ['360732']],
      ['xingguo-reviewer', 'county_reviewer', ['360732']],
      ['viewer', 'viewer', []],
    ]);
    if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
    await expect.poll(() => app.output()).toContain(accounts[4]?.password);
    const logged = app
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{'));
    for (const { username, password, role } of accounts) {
      expect(app.output().split(password)).toHaveLength(2);
      expect(logged.join()).not.toContain(password);
      const answer = await fetch(`${app.url}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username, password }),
      });
      expect(await answer.json()).toMatchObject({ account: { role, mustChangePassword: false } });
    }
  });

  it('shows progress lines on its first start', () => {
    const lines = app
      .output()
      .split('\n')
      .filter((line) => /^\s*\d+\.\d s {2}\S/.test(line));
    expect(lines.length).toBeGreaterThanOrEqual(3);
  });

  it('tells a second start that the port is taken and what to do', async () => {
    const port = new URL(app.url).port;
    const failure = await startApp({ environment: { PORT: port } }).catch((error: Error) => error.message);
    expect(failure).toContain('ended with code 1');
    expect(failure).toContain('已被占用');
    expect(failure).toContain(`PORT=${Number(port) + 1} npm start`);
  }, 60_000);

  it('refuses a second server on the same data folder and says so', async () => {
    const failure = await startApp({ dataDir }).catch((error: Error) => error.message);
    expect(failure).toContain('ended with code 1');
    expect(failure).toContain(dataDir);
    expect((await fetch(`${app.url}/ready`)).status).toBe(200);
  }, 60_000);

  it('lists every wrong setting at once and reports unknown ones', async () => {
    const environment = { PORT: 'seven', LANTU_BASE_PATH: 'no slash', LANTU_PROT: '1' };
    const failure = await startApp({ environment }).catch((error: Error) => error.message);
    expect(failure).toContain('PORT');
    expect(failure).toContain('LANTU_BASE_PATH');
    const unknown = await startApp({ environment: { LANTU_PROT: '1', LANTU_REGION: 'nowhere' } }).catch(
      (error: Error) => error.message,
    );
    expect(unknown).toContain('LANTU_PROT is not a setting');
    expect(unknown).toContain('ganzhou');
  }, 60_000);

  it('finishes the requests in flight on SIGTERM to npm, closes the database and exits 0', async () => {
    const asked = Array.from({ length: 6 }, (_, index) =>
      fetch(
        `${app.url}/ogc/collections/mine_patches/items?limit=2000&precision=8&lang=${index % 2 ? 'en' : 'zh'}`,
      ),
    );
    await Promise.race(asked);
    const exited = app.stop('SIGTERM');
    const bodies = await Promise.all(
      asked.map(async (answer) => ((await (await answer).json()) as { features: unknown[] }).features.length),
    );
    expect(new Set(bodies).size).toBe(1);
    expect(bodies[0]).toBeGreaterThan(535);
    expect(await exited).toBe(0);
    await expect(fetch(`${app.url}/health`)).rejects.toThrow();
    const again = await startApp({ dataDir, environment: { LANTU_BASE_PATH: '/lantu' } });
    expect(again.output()).not.toContain('xingguo-editor');
    expect((await fetch(`${again.url}/ready`)).status).toBe(200);
    // As browsers do: a connection opened ahead of need, on which nothing has been asked.
    const silent = connect(Number(new URL(again.url).port), '127.0.0.1');
    await new Promise((resolve) => silent.once('connect', resolve));
    // As an open page does: a stream that never ends by itself.
    const stream = await fetch(`${again.url}/api/events`, { headers: { accept: 'text/event-stream' } });
    const told = stream.text();
    const stoppedAt = Date.now();
    expect(await again.stop('SIGINT')).toBe(0);
    expect(Date.now() - stoppedAt).toBeLessThan(8_000);
    expect(await told).toContain('event: hello');
    silent.destroy();
  }, 120_000);
});

describe('npm run dev', () => {
  it('serves the page with live modules, hands the service on, and stops both on SIGTERM', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'lantu-dev-'));
    const child = spawn('npm', ['run', 'dev', '--silent'], {
      cwd: projectDir,
      env: {
        ...cleanEnvironment(),
        PORT: await freePort(),
        LANTU_DATA_DIR: dataDir,
        LANTU_SAMPLE: 'off',
      },
    });
    try {
      const lines = child.stdout[Symbol.asyncIterator]();
      const output = await readUntil(lines, /览图 Lantu: http/);
      const page = /Local:\s+(http:\/\/\S+)/.exec(stripVTControlCharacters(output))?.[1];
      expect((await fetch(`${page}main.tsx`)).headers.get('content-type')).toContain('javascript');
      expect((await fetch(`${page}api/catalogue.ts`)).headers.get('content-type')).toContain('javascript');
      expect(await (await fetch(`${page}api/catalogue`)).json()).toHaveProperty('layers');
    } finally {
      const exited = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await exited;
      await rm(dataDir, { recursive: true, force: true });
    }
  }, 90_000);
});

/** The development server must know the port of the service beforehand. */
function freePort(): Promise<string> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(String(port)));
    });
  });
}

async function readUntil(chunks: AsyncIterator<Buffer>, pattern: RegExp): Promise<string> {
  let output = '';
  while (!pattern.test(output)) {
    const { value, done } = await chunks.next();
    if (done) throw new Error(`ended before ${pattern}:\n${output}`);
    output += String(value);
  }
  return output;
}

describe('the runtime guard', () => {
  it('names the version it needs when run by an old Node', () => {
    const script = [
      "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.0.0' } });",
      "await import('./server/launch.mjs');",
    ].join('\n');
    const result = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: projectDir,
      encoding: 'utf8',
    });
    expect(result.status).toBe(1);
    expect(result.stderr).toContain('needs Node 24');
  });
});
