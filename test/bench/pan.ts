/** 100 000 polygons on the map: the longest main-thread task while panning, from the browser's own long-task entries. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchChromium, mapIdle, openPage } from '../browser/chromium.ts';
import { cleanEnvironment, projectDir, startApp } from '../started-app.ts';
import type { Figure } from './figures.ts';

const rows = 250;
const columns = 400;

export async function measurePan(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'lantu-bench-pan-'));
  const app = await startApp();
  const browser = await launchChromium();
  try {
    const file = join(folder, 'farmland.geojson');
    await writeFile(file, gridOfPolygons());
    importFile(file, app.dataDir);
    const { page } = await openPage(browser, new URL(app.url).origin);
    await page.goto(`${app.url}/`);
    await mapIdle(page, 120_000);
    await page.evaluate(() => {
      const durations: number[] = [];
      Object.assign(window, { longTasks: durations });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) durations.push(entry.duration);
      }).observe({ type: 'longtask' });
    });
    for (let round = 0; round < 6; round += 1) {
      const direction = round % 2 === 0 ? 1 : -1;
      await page.mouse.move(720 - direction * 150, 450);
      await page.mouse.down();
      for (let step = 0; step <= 30; step += 1) {
        await page.mouse.move(720 + direction * (step * 10 - 150), 450 + step * 2);
      }
      await page.mouse.up();
      await page.waitForTimeout(300);
    }
    await mapIdle(page, 120_000);
    const longest = await page.evaluate(() =>
      Math.max(0, ...(window as unknown as { longTasks: number[] }).longTasks),
    );
    return [
      {
        what: '100 000 polygons from tiles: longest task while panning',
        value: longest,
        unit: 'ms',
        aim: { of: 'value', atMost: 200 },
      },
    ];
  } finally {
    await browser.close();
    await app.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Loads the layer and lets everyone read it, as an administrator would. */
function importFile(file: string, dataDir: string): void {
  const layer = ['--layer', 'permanent_basic_farmland'];
  runCommand(
    ['import', '--silent', '--', file, ...layer, '--as-of', '2025-09-30', '--classification', 'public'],
    dataDir,
  );
  runCommand(['access', '--silent', '--', ...layer, '--anonymous-read', 'on'], dataDir);
}

function runCommand(args: readonly string[], dataDir: string): void {
  const result = spawnSync('npm', ['run', ...args], {
    cwd: projectDir,
    env: { ...cleanEnvironment(), LANTU_DATA_DIR: dataDir },
    encoding: 'utf8',
  });
  if (result.status !== 0) throw new Error(`${args[0]} failed:\n${result.stdout}${result.stderr}`);
}

/** 400 × 250 polygons of seven vertices with gaps over the extent of the region, lng/lat in EPSG:4490. */
function gridOfPolygons(): string {
  const features: string[] = [];
  const width = 2.6 / columns;
  const height = 2.6 / rows;
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const west = 113.95 + column * width;
      const south = 24.5 + row * height;
      const corners = [
        [0.1, 0.1],
        [0.8, 0.05],
        [0.9, 0.5],
        [0.7, 0.9],
        [0.3, 0.8],
        [0.05, 0.5],
        [0.1, 0.1],
      ].map(([x = 0, y = 0]) => `[${(west + x * width).toFixed(7)},${(south + y * height).toFixed(7)}]`);
      const code = `JBNT${row}-${column}`;
      features.push(
        `{"type":"Feature","properties":{"code":"${code}","name":"${code}","XZQDM":"360732"},"geometry":{"type":"Polygon","coordinates":[[${corners.join(',')}]]}}`,
      );
    }
  }
  const crs = '"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4490"}}';
  return `{"type":"FeatureCollection",${crs},"features":[\n${features.join(',\n')}\n]}`;
}
