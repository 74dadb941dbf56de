/**
 * From navigation to an idle map in a real browser with an empty cache, beside a bare MapLibre page that draws
 * the same GeoJSON from files; and how much JavaScript the first map needs.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import type { Engine } from '../../server/db/database.ts';
import { launchChromium, openPage } from '../browser/chromium.ts';
import { projectDir } from '../started-app.ts';
import { serveBareMap } from './bare-map-server.ts';
import { preparePlace } from './bench-place.ts';
import { type Figure, median } from './figures.ts';
import { startOurs } from './services.ts';

const runs = 7;

export async function measureFirstMap(engine: Engine): Promise<Figure[]> {
  const place = await preparePlace(engine, 'nothing');
  const browser = await launchChromium();
  const ours = await startOurs(place, { sample: true }).catch(async (error) => {
    await browser.close();
    await place.remove();
    throw error;
  });
  try {
    const seen = await recordFirstMap(browser, ours.origin);
    const bare = await serveBareMap(seen.geoJson, seen.bounds);
    const times = { ours: [] as number[], bare: [] as number[] };
    // The first of each warms up.
    for (let run = 0; run <= runs; run += 1) {
      const mine = await millisecondsToIdle(browser, `${ours.origin}/`);
      const theirs = await millisecondsToIdle(browser, bare.url);
      if (run === 0) continue;
      times.ours.push(mine);
      times.bare.push(theirs);
    }
    bare.close();
    return [
      {
        what: `navigation to idle map, ${seen.geoJson.size} layers, beside a bare page (median of ${runs})`,
        value: median(times.ours),
        unit: 'ms',
        floor: median(times.bare),
        aim: { of: 'ratio', atMost: 1.5 },
      },
      {
        what: `JavaScript of the first map, worker included, gzip (${seen.scripts.length} files)`,
        value: seen.scripts.reduce((sum, path) => sum + gzippedKilobytes(path), 0),
        unit: 'kB',
        aim: { of: 'value', atMost: 800 },
      },
    ];
  } finally {
    await browser.close();
    await ours.stop();
    await place.remove();
  }
}

type FirstMap = {
  geoJson: Map<string, Buffer>;
  /** Of the map that was shown: west, south, east, north. */
  bounds: number[];
  /** Paths of the scripts that were asked for before the map was idle. */
  scripts: string[];
};

/** Looks at what the page asks for until its map is idle. */
async function recordFirstMap(browser: Browser, origin: string): Promise<FirstMap> {
  const { page } = await openPage(browser, origin);
  const geoJson = new Map<string, Buffer>();
  const scripts = new Set<string>();
  const bodies: Promise<unknown>[] = [];
  // Of the context, because a worker's script is no request of the page.
  page.context().on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.endsWith('.js')) scripts.add(pathname);
    const layer = /\/collections\/([a-z_]+)\/items$/.exec(pathname)?.[1];
    if (layer === undefined || response.status() !== 200) return;
    bodies.push(response.body().then((body) => geoJson.set(`${layer}.geojson`, body)));
  });
  page.on('worker', (worker) => scripts.add(new URL(worker.url()).pathname));
  await page.goto(`${origin}/`);
  await page.waitForSelector('[data-map-state="idle"]', { timeout: 120_000 });
  await Promise.all(bodies);
  await page.context().close();
  return { geoJson, bounds: boundsOf(geoJson), scripts: [...scripts] };
}

function boundsOf(geoJson: ReadonlyMap<string, Buffer>): number[] {
  const bounds = [180, 90, -180, -90];
  const visit = (node: unknown): void => {
    if (!Array.isArray(node)) return;
    const [x, y] = node as unknown[];
    if (typeof x === 'number' && typeof y === 'number') {
      bounds[0] = Math.min(bounds[0] ?? x, x);
      bounds[1] = Math.min(bounds[1] ?? y, y);
      bounds[2] = Math.max(bounds[2] ?? x, x);
      bounds[3] = Math.max(bounds[3] ?? y, y);
    } else for (const each of node) visit(each);
  };
  for (const body of geoJson.values()) {
    const { features } = JSON.parse(body.toString()) as {
      features: { geometry: { coordinates: unknown } | null }[];
    };
    for (const { geometry } of features) visit(geometry?.coordinates);
  }
  return bounds;
}

async function millisecondsToIdle(browser: Browser, url: string): Promise<number> {
  const { page } = await openPage(browser, new URL(url).origin);
  await page.addInitScript(() => {
    const timer = setInterval(() => {
      if (document.querySelector('[data-map-state="idle"]') === null) return;
      clearInterval(timer);
      Object.assign(window, { idleAfterMs: performance.now() });
    }, 5);
  });
  await page.goto(url);
  await page.waitForFunction(() => 'idleAfterMs' in window, undefined, { timeout: 120_000 });
  const milliseconds = await page.evaluate(() => (window as unknown as { idleAfterMs: number }).idleAfterMs);
  await page.context().close();
  return milliseconds;
}

function gzippedKilobytes(path: string): number {
  return gzipSync(readFileSync(join(projectDir, '.build', 'client', path))).length / 1_000;
}
