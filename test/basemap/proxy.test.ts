/** The basemap's proxy against a server that serves, misbehaves, dies and comes back. */
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import pino from 'pino';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { basemapResponseSchema } from '../../geodata/contract/basemap.ts';
import { type Basemap, createBasemap } from '../../server/basemap/basemap.ts';
import { measureBasemap } from '../../server/basemap/basemap-metrics.ts';
import { basemapRoutes } from '../../server/basemap/routes.ts';
import { sourceTileLimits } from '../../server/basemap/source-tiles.ts';
import { readConfig } from '../../server/config.ts';
import { sendProblem } from '../../server/http/problem.ts';
import { type Answer, type FakeUpstream, picture, startFakeUpstream, status } from './fake-upstream.ts';
import { plainTile, readPixels } from './synthetic-tiles.ts';

const KEY = 'Geheim-0123456789';
const red = await plainTile([200, 30, 30]);
const blue = await plainTile([30, 30, 200]);
const huge = await plainTile([1, 1, 1], 2048);

/** Quick enough for a test, slow enough for a busy machine; everything else as in the product. */
const quick = {
  ...sourceTileLimits,
  timeoutMs: 5_000,
  patienceMs: 5_000,
  maxBytes: 100_000,
  failedMs: 60,
  breaker: { failures: 3, pauseMs: 1_500 },
};

type Proxy = { url: string; basemap: Basemap; logged: string[]; close(): Promise<void> };

let upstream: FakeUpstream;
let dataDir: string;
const open: { close(): Promise<void> }[] = [];

beforeEach(async () => {
  upstream = await startFakeUpstream(picture(red));
  dataDir = await mkdtemp(join(tmpdir(), 'lantu-basemap-'));
});
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
  await upstream.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function startProxy(
  settings: Record<string, string>,
  limits: Partial<typeof quick> = {},
): Promise<Proxy> {
  const { config } = readConfig(settings);
  if (config.basemap === null) throw new Error('no basemap');
  const logged: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
  const basemap = createBasemap(config.basemap, dataDir, log, { ...quick, ...limits });
  const app = express().use('/api', basemapRoutes(basemap)).use(sendProblem);
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: Proxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/basemap`,
    basemap,
    logged,
    async close() {
      basemap.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  open.push(proxy);
  return proxy;
}

const xyz = (extra: Record<string, string> = {}) => ({
  LANTU_BASEMAP_URL: `${upstream.url}/sat/{z}/{x}/{y}.png?token={key}`,
  LANTU_BASEMAP_KEY: KEY,
  LANTU_BASEMAP_ATTRIBUTION: '某省测绘院 赣S(2025)001号',
  ...extra,
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('addresses of the source', () => {
  it('are those of XYZ, with the key, and nothing of the reader goes there', async () => {
    const { url } = await startProxy(xyz());
    const answer = await fetch(`${url}/tiles/9/216/420`, {
      headers: {
        cookie: 'session=1',
        'x-forwarded-for': '10.1.1.1',
        referer: 'http://desk/',
        'accept-language': 'zh',
      },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await answer.arrayBuffer()).equals(red)).toBe(true);
    const [asked, ...more] = upstream.asked;
    expect(more).toEqual([]);
    expect(asked?.path).toBe('/sat/9/420/216.png');
    expect(asked?.query.get('token')).toBe(KEY);
    for (const header of ['cookie', 'x-forwarded-for', 'referer', 'origin']) {
      expect(asked?.headers).not.toHaveProperty(header);
    }
    expect(asked?.headers['accept-language']).not.toBe('zh');
  });

  it('are those of WMTS in its REST form', async () => {
    const { url } = await startProxy({
      LANTU_BASEMAP_URL: `${upstream.url}/wmts/img/{Style}/{TileMatrixSet}/{TileMatrix}/{TileRow}/{TileCol}.jpg`,
      LANTU_BASEMAP_MATRIX_SET: 'GoogleMapsCompatible',
      LANTU_BASEMAP_ATTRIBUTION: 'x',
    });
    expect((await fetch(`${url}/tiles/9/216/420`)).status).toBe(200);
    expect(upstream.asked[0]?.path).toBe('/wmts/img/default/GoogleMapsCompatible/9/216/420.jpg');
  });

  it('are those of WMTS as parameters, in the set the address names', async () => {
    const { url } = await startProxy({
      LANTU_BASEMAP_URL: `${upstream.url}/ows?SERVICE=WMTS&TileMatrixSet=EPSG:4326&TileMatrix=EPSG:4326:{TileMatrix}&TileRow={TileRow}&TileCol={TileCol}`,
      LANTU_BASEMAP_ATTRIBUTION: 'x',
    });
    const answer = await fetch(`${url}/tiles/9/216/420`);
    expect(answer.status).toBe(200);
    const asked = upstream.asked.map(({ query }) =>
      ['TileMatrix', 'TileRow', 'TileCol'].map((name) => query.get(name)).join(' '),
    );
    // 26.7° N lies on a grid line: two rows make the tile.
    expect(asked.sort()).toEqual(['EPSG:4326:8 89 420', 'EPSG:4326:8 90 420']);
    const pixels = await readPixels(Buffer.from(await answer.arrayBuffer()));
    expect(pixels.at(100, 200)).toEqual({ red: 200, green: 30, blue: 30, alpha: 255 });
  });

  it('are those of 天地图, ground and lettering apart, from its node with the key', async () => {
    const { url } = await startProxy({
      LANTU_BASEMAP_URL: upstream.url,
      LANTU_BASEMAP_KIND: 'tianditu',
      LANTU_BASEMAP_MATRIX_SET: 'c',
      LANTU_BASEMAP_KEY: KEY,
    });
    const { basemap } = basemapResponseSchema.parse(await (await fetch(url)).json());
    expect(basemap).toMatchObject({
      title: { zh: '天地图影像' },
      attribution: { zh: expect.stringContaining('天地图') },
      layers: [{ id: 'img' }, { id: 'cia' }],
      minzoom: 1,
      maxzoom: 18,
    });
    expect((await fetch(`${url}/cia/9/216/420`)).status).toBe(200);
    const [asked] = upstream.asked;
    expect(asked?.path).toBe('/cia_c/wmts');
    expect(Object.fromEntries(asked?.query ?? [])).toMatchObject({
      LAYER: 'cia',
      TILEMATRIXSET: 'c',
      TILEMATRIX: '9',
      TILECOL: '420',
      tk: KEY,
    });
  });

  it('follow the origin and the resolutions of an ArcGIS cache', async () => {
    const file = join(dataDir, 'cache.json');
    const lods = [7, 8, 9, 10].map((level) => ({
      level,
      resolution: 1.4078260157100582 / 2 ** level,
      scale: 1,
    }));
    const tileInfo = {
      rows: 256,
      cols: 256,
      origin: { x: -400, y: 400 },
      spatialReference: { wkid: 4490 },
      lods,
    };
    await writeFile(file, JSON.stringify({ currentVersion: 10.8, tileInfo }));
    const { url, basemap } = await startProxy({
      LANTU_BASEMAP_URL: `${upstream.url}/MapServer/tile/{z}/{y}/{x}`,
      LANTU_BASEMAP_MATRIX_SET: file,
      LANTU_BASEMAP_ATTRIBUTION: 'x',
    });
    expect(basemap.description).toMatchObject({ minzoom: 7, maxzoom: 10 });
    expect((await fetch(`${url}/tiles/9/216/420`)).status).toBe(200);
    const span = (1.4078260157100582 / 2 ** 9) * 256;
    const column = Math.floor((115.4 + 400) / span);
    const row = Math.floor((400 - 26.9) / span);
    expect(upstream.asked.map(({ path }) => path)).toContain(`/MapServer/tile/9/${row}/${column}`);
  });
});

describe('tiles asked for', () => {
  it.each([
    ['tiles/9/216/x', 400],
    ['tiles/9/-1/4', 400],
    ['tiles/9/1e2/4', 400],
    ['tiles/30/0/0', 404],
    ['tiles/3/8/0', 404],
    ['img/3/1/1', 404],
  ])('%s is answered %i and asks nobody', async (path, expected) => {
    const { url } = await startProxy(xyz());
    const answer = await fetch(`${url}/${path}`);
    expect(answer.status).toBe(expected);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(upstream.asked).toEqual([]);
  });

  it('say what is unknown in their query', async () => {
    const { url } = await startProxy(xyz());
    expect((await fetch(`${url}/tiles/9/216/420?v=1`)).status).toBe(200);
    expect((await fetch(`${url}/tiles/9/216/420?url=http://elsewhere/`)).status).toBe(400);
  });

  it('are 304 for a browser that has them', async () => {
    const { url } = await startProxy(xyz());
    const first = await fetch(`${url}/tiles/9/216/420`);
    const again = await fetch(`${url}/tiles/9/216/420`, {
      headers: { 'if-none-match': first.headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
  });
});

describe('what is asked of the source', () => {
  it('is one request for equal ones at once', async () => {
    upstream.answer = (request, response, url) => setTimeout(() => picture(red)(request, response, url), 80);
    const { url } = await startProxy(xyz());
    const answers = await Promise.all(Array.from({ length: 12 }, () => fetch(`${url}/tiles/9/216/420`)));
    expect(answers.map(({ status: code }) => code)).toEqual(Array(12).fill(200));
    expect(upstream.asked.length).toBe(1);
  });

  it('is no more than the limit at once', async () => {
    let now = 0;
    let most = 0;
    upstream.answer = (request, response, url) => {
      now += 1;
      most = Math.max(most, now);
      setTimeout(() => {
        now -= 1;
        picture(red)(request, response, url);
      }, 15);
    };
    const { url } = await startProxy(xyz(), { concurrent: 3 });
    await Promise.all(Array.from({ length: 20 }, (_, x) => fetch(`${url}/tiles/9/216/${x}`)));
    expect(upstream.asked.length).toBe(20);
    expect(most).toBe(3);
  });

  it('is nothing more after a restart: tiles lie on disk', async () => {
    const first = await startProxy(xyz());
    await fetch(`${first.url}/tiles/9/216/420`);
    await first.close();
    const second = await startProxy(xyz());
    expect((await fetch(`${second.url}/tiles/9/216/420`)).status).toBe(200);
    expect(upstream.asked.length).toBe(1);
  });

  it('is everything again for another source, whose tiles replace the old ones', async () => {
    const first = await startProxy(xyz());
    await fetch(`${first.url}/tiles/9/216/420`);
    const before = await readdir(join(dataDir, 'basemap'));
    const second = await startProxy({
      ...xyz(),
      LANTU_BASEMAP_URL: `${upstream.url}/vec/{z}/{x}/{y}?k={key}`,
    });
    await fetch(`${second.url}/tiles/9/216/420`);
    expect(upstream.asked.length).toBe(2);
    const after = await readdir(join(dataDir, 'basemap'));
    expect(after.length).toBe(1);
    expect(after).not.toEqual(before);
  });

  it('is nothing again for a while where it has no tile', async () => {
    upstream.answer = status(404);
    const { url } = await startProxy(xyz());
    for (let time = 0; time < 3; time += 1) expect((await fetch(`${url}/tiles/9/216/420`)).status).toBe(404);
    expect(upstream.asked.length).toBe(1);
  });
});

describe('a source that misbehaves', () => {
  const elsewhere: Answer = (_request, response) => {
    response.writeHead(302, { location: 'http://127.0.0.1:1/secret' }).end();
  };
  const html = Buffer.from('<!doctype html><title>Sign in</title>');
  it.each<[string, Answer, string]>([
    ['says 403', status(403), 'refused'],
    ['says 500', status(500), 'server-error'],
    ['sends a page with 200', picture(html, 'text/html'), 'not-an-image'],
    ['sends a page and calls it a picture', picture(html, 'image/png'), 'not-an-image'],
    [
      'sends SVG',
      picture(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/svg+xml'),
      'not-an-image',
    ],
    ['sends a picture cut off', picture(red.subarray(0, 20)), 'not-an-image'],
    ['sends too many bytes', picture(Buffer.concat([red, Buffer.alloc(200_000)])), 'too-large'],
    ['announces too many bytes', picture(red, 'image/png', { 'content-length': '999999999' }), 'too-large'],
    ['sends too many pixels', picture(huge), 'too-large'],
    ['leads to another host', elsewhere, 'redirected'],
    [
      'leads in circles',
      (_q, response) => void response.writeHead(302, { location: '/again' }).end(),
      'redirected',
    ],
    ['never answers', () => undefined, 'timeout'],
    [
      'never ends',
      (_q, response) => {
        response.writeHead(200, { 'content-type': 'image/png' });
        response.write(red.subarray(0, 30));
      },
      'timeout',
    ],
    ['hangs up', (request) => void request.socket.destroy(), 'unreachable'],
  ])('and %s makes a 502 with a stable code, and is counted', async (_name, answer, reason) => {
    upstream.answer = answer;
    const { url, basemap, logged } = await startProxy(xyz(), reason === 'timeout' ? { timeoutMs: 200 } : {});
    const got = await fetch(`${url}/tiles/9/216/420`, { headers: { 'accept-language': 'zh-CN' } });
    const body = await got.text();
    expect(got.status).toBe(502);
    expect(got.headers.get('cache-control')).toBe('no-store');
    expect(got.headers.get('retry-after')).toBe('10');
    expect(JSON.parse(body)).toMatchObject({
      code: 'basemap-unavailable',
      detail: expect.stringContaining('底图'),
    });
    await expect.poll(() => basemap.stats().failures).toEqual({ [reason]: 1 });
    for (const text of [body, ...logged]) {
      expect(text).not.toContain(KEY);
      expect(text).not.toContain('/sat/');
    }
  });

  it('is followed from one of its own addresses to another', async () => {
    upstream.answer = (request, response, url) => {
      if (url.pathname.startsWith('/moved')) picture(blue)(request, response, url);
      else response.writeHead(301, { location: `/moved${url.pathname}`, 'set-cookie': 'a=b' }).end();
    };
    const { url } = await startProxy(xyz());
    const got = await fetch(`${url}/tiles/9/216/420`);
    expect(got.status).toBe(200);
    expect(got.headers.get('set-cookie')).toBeNull();
    expect(upstream.asked[1]?.headers.cookie).toBeUndefined();
  });

  it('is slow: the answer does not wait, the tile comes in all the same', async () => {
    upstream.answer = (request, response, url) =>
      setTimeout(() => picture(red)(request, response, url), 1_500);
    const { url } = await startProxy(xyz(), { patienceMs: 100 });
    const startedAt = performance.now();
    expect((await fetch(`${url}/tiles/9/216/420`)).status).toBe(502);
    expect(performance.now() - startedAt).toBeLessThan(1_400);
    await expect
      .poll(async () => (await fetch(`${url}/tiles/9/216/420`)).status, { timeout: 6_000 })
      .toBe(200);
    expect(upstream.asked.length).toBe(1);
  });

  it('is left alone after failures in a row, tried now and then, and used again once it answers', async () => {
    upstream.answer = status(503);
    const { url, basemap, logged } = await startProxy(xyz());
    for (let x = 0; x < 10; x += 1) expect((await fetch(`${url}/tiles/9/216/${x}`)).status).toBe(502);
    expect(upstream.asked.length).toBe(quick.breaker.failures);
    expect(basemap.stats().isOpen).toBe(true);
    upstream.answer = picture(red);
    expect((await fetch(`${url}/tiles/9/216/77`)).status).toBe(502);
    await pause(quick.breaker.pauseMs + 20);
    expect((await fetch(`${url}/tiles/9/216/78`)).status).toBe(200);
    expect(basemap.stats().isOpen).toBe(false);
    expect((await fetch(`${url}/tiles/9/216/3`)).status).toBe(200);
    const lines = logged.map((line) => (JSON.parse(line) as { msg: string }).msg);
    expect(lines.filter((line) => line.includes('fails')).length).toBe(1);
    expect(lines.filter((line) => line.includes('answers again')).length).toBe(1);
  });

  it('is not missed where an old tile is at hand, which is renewed when it can be', async () => {
    const first = await startProxy(xyz());
    await fetch(`${first.url}/tiles/9/216/420`);
    await first.close();
    const [version = ''] = await readdir(join(dataDir, 'basemap'));
    const file = join(dataDir, 'basemap', version, 'tiles', '9', '216', '420');
    const longAgo = Date.now() / 1000 - 30 * 24 * 3600;
    await utimes(file, longAgo, longAgo);
    upstream.answer = status(500);
    const second = await startProxy(xyz());
    expect((await fetch(`${second.url}/tiles/9/216/420`)).status).toBe(200);
    expect(second.basemap.stats().outcomes.stale).toBe(1);
    await second.close();
    upstream.answer = picture(blue);
    const third = await startProxy(xyz());
    expect((await fetch(`${third.url}/tiles/9/216/420`)).status).toBe(200);
    await expect.poll(async () => (await readFile(file)).equals(blue)).toBe(true);
    await third.close();
    const fourth = await startProxy(xyz());
    const got = Buffer.from(await (await fetch(`${fourth.url}/tiles/9/216/420`)).arrayBuffer());
    expect(got.equals(blue)).toBe(true);
  });

  it('sends pictures of another size than its grid: told, never a 500', async () => {
    upstream.answer = picture(await plainTile([9, 9, 9], 128));
    const { url } = await startProxy({ ...xyz(), LANTU_BASEMAP_MATRIX_SET: 'c' });
    const got = await fetch(`${url}/tiles/9/216/420`);
    expect(got.status).toBe(502);
    expect(await got.text()).toContain('256×256');
  });
});

describe('the disk', () => {
  it('holds no more than its limit: what was not asked for longest goes first', async () => {
    const noise = await plainTile([4, 4, 4]);
    const heavy = Buffer.concat([noise, Buffer.alloc(90_000)]);
    upstream.answer = picture(heavy);
    const { config } = readConfig(xyz());
    if (config.basemap === null) throw new Error('no basemap');
    const settings = { ...config.basemap, cacheBytes: 400_000 };
    const basemap = createBasemap(settings, dataDir, pino({ level: 'silent' }), quick);
    for (let x = 0; x < 8; x += 1) await basemap.tile('tiles', { z: 9, y: 216, x });
    expect(basemap.stats().storedBytes).toBeLessThanOrEqual(400_000);
    const files = await readdir(join(dataDir, 'basemap', settings.version, 'tiles', '9', '216'));
    expect(files.sort()).toEqual(['4', '5', '6', '7']);
    basemap.close();
  });

  it('may be full or broken: tiles come all the same', async () => {
    await writeFile(join(dataDir, 'basemap'), 'a file where a folder should be');
    const { url, logged } = await startProxy(xyz());
    expect((await fetch(`${url}/tiles/9/216/420`)).status).toBe(200);
    expect(logged.some((line) => line.includes('kept on disk'))).toBe(true);
  });

  it('may hold a broken tile: it is fetched anew', async () => {
    const first = await startProxy(xyz());
    await fetch(`${first.url}/tiles/9/216/420`);
    await first.close();
    const [version = ''] = await readdir(join(dataDir, 'basemap'));
    await writeFile(join(dataDir, 'basemap', version, 'tiles', '9', '216', '420'), 'not a picture');
    const second = await startProxy(xyz());
    const got = Buffer.from(await (await fetch(`${second.url}/tiles/9/216/420`)).arrayBuffer());
    expect(got.equals(red)).toBe(true);
  });
});

it('tells Prometheus where tiles come from, without a word of the key', async () => {
  const { url, basemap } = await startProxy(xyz());
  const registry = new Registry();
  measureBasemap(registry, basemap.stats);
  await fetch(`${url}/tiles/9/216/420`);
  await fetch(`${url}/tiles/9/216/420`);
  const text = await registry.metrics();
  expect(text).toContain('lantu_basemap_source_tiles_total{outcome="upstream"} 1');
  expect(text).toContain('lantu_basemap_tiles_total{way="remembered"} 1');
  expect(text).toContain('lantu_basemap_upstream_paused 0');
  expect(text).not.toContain(KEY);
  expect(await (await fetch(url)).text()).not.toContain(KEY);
  expect(JSON.stringify(basemap.description)).not.toContain(upstream.host);
});

it('says that none is configured, and asks nobody', async () => {
  const app = express().use('/api', basemapRoutes(null)).use(sendProblem);
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/basemap`;
  expect(await (await fetch(url)).json()).toEqual({ basemap: null });
  const tile = await fetch(`${url}/tiles/9/216/420`);
  expect(tile.status).toBe(404);
  expect(await tile.text()).toContain('LANTU_BASEMAP_URL');
  await new Promise((resolve) => server.close(resolve));
});
