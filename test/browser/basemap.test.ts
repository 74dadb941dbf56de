/** A basemap on the real map: shown, told apart, lost and found again; without one nothing is asked. */
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { catalogue } from '../../geodata/catalogue/index.ts';
import { type FakeUpstream, picture, startFakeUpstream, status } from '../basemap/fake-upstream.ts';
import { type StartedApp, startApp } from '../started-app.ts';
import { chromiumPath, launchChromium, mapIdle, openPage } from './chromium.ts';

const KEY = 'geheim-tk-4711';
const GROUND = { r: 52, g: 96, b: 60 };
const toggleName = '显示底图:天地图影像';
const failing = '底图暂时无法获取,其他图层不受影响';

/** Colour of a pixel of the drawn map, in CSS pixels from its left top. */
async function mapPixel(page: Page, x: number, y: number): Promise<{ r: number; g: number; b: number }> {
  const png = await page.locator('canvas.maplibregl-canvas').screenshot({ animations: 'disabled' });
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const [r = 0, g = 0, b = 0] = data.subarray((y * info.width + x) * info.channels);
  return { r, g, b };
}

function isNear(a: { r: number; g: number; b: number }, b: { r: number; g: number; b: number }): boolean {
  return Math.abs(a.r - b.r) + Math.abs(a.g - b.g) + Math.abs(a.b - b.b) < 24;
}

describe.skipIf(chromiumPath === undefined)('the basemap on the map', () => {
  let browser: Browser;
  let upstream: FakeUpstream;
  let app: StartedApp;
  let serve: FakeUpstream['answer'];

  beforeAll(async () => {
    const tile = (background: { r: number; g: number; b: number }, alpha: number) =>
      sharp({ create: { width: 256, height: 256, channels: 4, background: { ...background, alpha } } })
        .png()
        .toBuffer();
    const [ground, lettering] = [await tile(GROUND, 1), await tile({ r: 0, g: 0, b: 0 }, 0)];
    serve = (request, response, url) =>
      picture(url.pathname.startsWith('/cia') ? lettering : ground)(request, response, url);
    upstream = await startFakeUpstream(serve);
    app = await startApp({
      copyOf: inject('sampleDir'),
      environment: {
        LANTU_BASEMAP_URL: upstream.url,
        LANTU_BASEMAP_KIND: 'tianditu',
        LANTU_BASEMAP_MATRIX_SET: 'c',
        LANTU_BASEMAP_KEY: KEY,
      },
    });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
    await upstream.close();
  });

  // First, while no picture has been kept: of one that is missing, a coarser one is shown.
  it('is lost: the map says so once and works; it is found again without a hand', async () => {
    upstream.answer = status(500);
    const { page, breaches } = await openPage(browser, app.url);
    await page.goto(`${app.url}/?on=basemap&view=115.8,25.1,10.3`);
    await page.getByText(failing).waitFor({ timeout: 60_000 });
    expect(await page.getByText(failing).count()).toBe(1);
    await mapIdle(page);
    const toggle = page.getByRole('switch', { name: '显示废弃矿山(座)' });
    await toggle.click();
    await page.waitForURL((url) => (url.searchParams.get('off') ?? '').includes('mine_sites'));
    await mapIdle(page);
    // The land shows where the picture is missing.
    expect(isNear(await mapPixel(page, 30, 430), GROUND)).toBe(false);
    upstream.answer = serve;
    await page.getByText(failing).waitFor({ state: 'detached', timeout: 60_000 });
    await expect
      .poll(async () => isNear(await mapPixel(page, 30, 430), GROUND), { timeout: 20_000 })
      .toBe(true);
    expect(breaches.filter((line) => !line.includes('502'))).toEqual([]);
    await page.context().close();
  }, 180_000);

  it('is off until it is switched on, then lies under every layer, named, and the link restores it', async () => {
    upstream.asked.length = 0;
    const { page, breaches } = await openPage(browser, app.url);
    await page.goto(`${app.url}/?off=mine_sites,rivers`);
    await mapIdle(page);
    expect(upstream.asked.map(({ path }) => path)).toEqual([]);
    expect(await page.getByText('离线运行').count()).toBe(1);
    // Far from the region, and the land between two counties' symbols.
    expect(isNear(await mapPixel(page, 30, 430), GROUND)).toBe(false);

    await page.getByRole('switch', { name: toggleName }).click();
    await page.waitForURL((url) => url.searchParams.get('on') === 'basemap');
    await mapIdle(page);
    await expect
      .poll(async () => isNear(await mapPixel(page, 30, 430), GROUND), { timeout: 20_000 })
      .toBe(true);
    expect(await page.getByText('天地图(国家地理信息公共服务平台)').isVisible()).toBe(true);
    expect(await page.getByText('底图来自外部服务').count()).toBe(1);
    expect(upstream.asked.every(({ query }) => query.get('tk') === KEY)).toBe(true);
    expect(new Set(upstream.asked.map(({ path }) => path))).toEqual(new Set(['/img_c/wmts', '/cia_c/wmts']));

    await page.goto(`${app.url}/?on=basemap&opacity=basemap:0.5&off=mine_sites,rivers`);
    await mapIdle(page);
    await page.getByRole('button', { name: /底图:天地图影像:不透明度/ }).click();
    expect(await page.getByRole('region', { name: '基础' }).getByText('50%').isVisible()).toBe(true);
    const half = await mapPixel(page, 30, 430);
    expect(half.r).toBeGreaterThan(GROUND.r + 60);
    expect(half.r).toBeLessThan(220);
    expect(breaches).toEqual([]);
    await page.context().close();
  });

  it('covers the land, and lines over it stand on white', async () => {
    const { page } = await openPage(browser, app.url);
    const off = catalogue.filter(({ id }) => id !== 'counties').map(({ id }) => id);
    await page.goto(`${app.url}/?on=basemap&view=114.93,25.85,10&off=${off.join(',')}`);
    await mapIdle(page);
    const png = await page.locator('canvas.maplibregl-canvas').screenshot({ animations: 'disabled' });
    const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    let ground = 0;
    let land = 0;
    let white = 0;
    for (let at = 0; at < data.length; at += info.channels) {
      const pixel = { r: data[at] ?? 0, g: data[at + 1] ?? 0, b: data[at + 2] ?? 0 };
      if (isNear(pixel, GROUND)) ground += 1;
      else if (isNear(pixel, { r: 0xfa, g: 0xfa, b: 0xf7 })) land += 1;
      if (pixel.r > 252 && pixel.g > 252 && pixel.b > 252) white += 1;
    }
    const all = data.length / info.channels;
    expect(ground / all).toBeGreaterThan(0.7);
    expect(land / all).toBeLessThan(0.05);
    expect(white).toBeGreaterThan(200);
    await page.context().close();
  });

  it('keeps its key: no answer, no log line holds it', async () => {
    const answers = await Promise.all(
      ['api/basemap', 'api/basemap/img/9/216/420', 'metrics', 'api/catalogue'].map(async (path) => {
        const response = await fetch(`${app.url}/${path}`);
        return [...response.headers].join() + (await response.text());
      }),
    );
    for (const text of [...answers, app.output()]) expect(text).not.toContain(KEY);
  });

  it('is not there where none is configured: no switch, no request', async () => {
    const appUrl = inject('appUrl');
    const { page, breaches } = await openPage(browser, appUrl);
    const tiles: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/api/basemap/')) tiles.push(request.url());
    });
    await page.goto(`${appUrl}/?on=basemap`);
    await mapIdle(page);
    expect(await page.getByRole('switch', { name: /底图/ }).count()).toBe(0);
    expect(await page.getByText('离线运行').count()).toBe(1);
    expect(tiles).toEqual([]);
    expect(await (await fetch(`${appUrl}/api/basemap`)).json()).toEqual({ basemap: null });
    expect(breaches).toEqual([]);
    await page.context().close();
  });
});
