/** 出图 from map to file in a real browser: a sheet is composed, seen, linked, kept, ordered and saved, in both languages. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { SheetSpecInput } from '../../geodata/contract/sheets.ts';
import { type StartedApp, startApp } from '../started-app.ts';
import { chromiumPath, launchChromium, mapIdle, openPage, type WatchedPage } from './chromium.ts';
import { signInPage } from './sign-in-page.ts';

const county: SheetSpecInput = { template: 'county', area: { kind: 'county', adcode: '360732' } };
/** A preview waits for a drawing thread to start and for the map beside it, which the processor draws. */
const PREVIEW_MS = 60_000;

describe.skipIf(chromiumPath === undefined)('the composer', () => {
  let app: StartedApp;
  /** Draws the map, on the processor. */
  let browser: Browser;
  /** Draws no map, which the composer does not need: what the processor would draw is time the tests wait. */
  let mapless: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lantu-browser-composer-'));
    app = await startApp({ copyOf: inject('sampleDir') });
    browser = await launchChromium();
    mapless = await launchChromium({ webgl: false });
  });
  afterAll(async () => {
    await browser.close();
    await mapless.close();
    await app.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** The composer with this sheet, its preview drawn. */
  async function openSheet(
    sheet: SheetSpecInput,
    { query = '', username, width = 1440, height = 900, withMap = false }: OpenOptions = {},
  ): Promise<WatchedPage> {
    const watched = await openPage(withMap ? browser : mapless, app.url, {
      bypassCSP: true,
      viewport: { width, height },
    });
    if (username !== undefined) await signInPage(watched.page, app, username);
    await watched.page.goto(
      `${app.url}/?tab=print${query}&sheet=${encodeURIComponent(JSON.stringify(sheet))}`,
    );
    await previewed(watched.page);
    return watched;
  }

  it('goes from the map to a PDF whose title can be searched', async () => {
    const { page, breaches } = await openPage(browser, app.url);
    await page.goto(`${app.url}/`);
    await mapIdle(page);
    await page.getByRole('toolbar').getByRole('button', { name: '出图' }).click();
    await previewed(page);
    expect(sheetOf(page).template).toBe('picture');
    await page.getByRole('radio', { name: /县\(市、区\)图/ }).check();
    await page.getByLabel('县(市、区)', { exact: true }).selectOption({ label: '兴国县' });
    await page.waitForURL((url) => (url.searchParams.get('sheet') ?? '').includes('360732'));
    await previewed(page);
    expect(await planLine(page)).toMatch(/A3 · (420×297|297×420) 毫米 · 1:\d/);

    await page.getByLabel('比例尺').selectOption('500000');
    await expect.poll(() => planLine(page), { timeout: PREVIEW_MS }).toContain('1:500,000');
    await previewed(page);

    const text = await pdfText(page, () => page.getByRole('button', { name: 'PDF', exact: true }).click());
    expect(text).toContain('兴国县');
    expect(text.replaceAll(/[\s,]/g, '')).toContain('1:500000');
    expect(breaches).toEqual([]);
    await page.context().close();
  });

  it('does the same in English', async () => {
    const { page, breaches } = await openSheet(
      { template: 'city', area: { kind: 'region' } },
      { query: '&lang=en' },
    );
    await page.getByRole('radio', { name: /County sheet/ }).check();
    await page.getByLabel('County', { exact: true }).selectOption({ label: 'Xingguo County' });
    await page.locator('summary').filter({ hasText: 'Date, classification, language' }).click();
    await page.getByLabel('Language of the sheet').selectOption('en');
    await page.locator('summary').filter({ hasText: 'Title and imprint' }).click();
    await page.getByLabel('Title', { exact: true }).fill('Quarry remediation in Xingguo');
    await page.waitForURL((url) => (url.searchParams.get('sheet') ?? '').includes('Quarry'));
    await previewed(page);
    const text = await pdfText(page, () => page.getByRole('button', { name: 'PDF', exact: true }).click());
    expect(text).toContain('Quarry remediation in Xingguo');
    expect(text).not.toContain('图例');
    expect(breaches).toEqual([]);
    await page.context().close();
  });

  it('makes the same sheet again from its link', async () => {
    const { page } = await openSheet({
      ...county,
      scale: 400_000,
      paper: 'A2',
      slots: { mapNumber: '赣S(2025)001号' },
    });
    await page.getByLabel('方向').selectOption('portrait');
    await page.waitForURL((url) => (url.searchParams.get('sheet') ?? '').includes('portrait'));
    const again = await openPage(mapless, app.url);
    await again.page.goto(page.url());
    await previewed(again.page);
    expect(sheetOf(again.page)).toEqual(sheetOf(page));
    expect(await again.page.getByLabel('纸张').inputValue()).toBe('A2');
    expect(await again.page.getByLabel('比例尺').inputValue()).toBe('400000');
    expect(await planLine(again.page)).toBe(await planLine(page));
    await again.page.context().close();
    await page.context().close();
  });

  it('moves the frame by hand and by keyboard, and the sheet with it, at the same scale', async () => {
    const { page } = await openSheet(county, { withMap: true });
    await mapIdle(page);
    const before = await planLine(page);
    const canvas = page.locator('canvas.maplibregl-canvas');
    const box = await canvas.boundingBox();
    if (box === null) throw new Error('no map');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 30, y + 20, { steps: 3 });
    await page.mouse.up();
    await page.waitForURL((url) => (url.searchParams.get('sheet') ?? '').includes('center'));
    const dragged = centerOf(page);
    await previewed(page);
    expect(scaleIn(await planLine(page))).toBe(scaleIn(before));
    await canvas.focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => centerOf(page)[0], { timeout: 10_000 }).toBeLessThan(dragged[0]);
    expect(centerOf(page)[1]).toBeCloseTo(dragged[1], 3);
    await page.context().close();
  });

  it('prints no public sheet with borders and without 审图号 until a reason is given', async () => {
    const { page } = await openSheet({ ...county, classification: 'public' });
    const pdf = page.getByRole('button', { name: 'PDF', exact: true });
    await page.getByText('没有审图号', { exact: false }).first().waitFor();
    expect(await pdf.isDisabled()).toBe(true);
    await page.getByLabel('仍要出图的理由').fill('急');
    await page.waitForTimeout(800);
    expect(await pdf.isDisabled()).toBe(true);
    await page.getByLabel('仍要出图的理由').fill('汇报急用,已电话报告');
    await expect.poll(() => pdf.isEnabled(), { timeout: PREVIEW_MS }).toBe(true);
    expect(await pdfText(page, () => pdf.click())).toContain('兴国县');
    await page.context().close();
  });

  it('asks for a site before it draws a site page, and takes one from the list', async () => {
    const { page } = await openPage(mapless, app.url);
    await page.goto(`${app.url}/?tab=print`);
    await previewed(page);
    await page.getByRole('radio', { name: /一矿一表/ }).check();
    await page.getByText('请选一座矿山', { exact: false }).first().waitFor();
    expect(await page.getByRole('button', { name: 'PDF', exact: true }).isDisabled()).toBe(true);
    await page.getByRole('combobox', { name: '矿山' }).fill('三夹水');
    await page
      .getByTitle(/三夹水/)
      .first()
      .click();
    await previewed(page);
    expect(sheetOf(page).area.kind).toBe('site');
    await page.context().close();
  });

  it('keeps sheets for an account and opens them again', async () => {
    const { page } = await openSheet({ ...county, paper: 'A1' }, { username: 'admin' });
    await page.locator('summary').filter({ hasText: '我的方案' }).click();
    await page.getByLabel('方案名称').fill('兴国县 A1');
    await page.getByRole('button', { name: '保存方案' }).click();
    const open = page.getByRole('button', { name: '打开方案“兴国县 A1”' });
    await open.waitFor();
    await page.getByRole('radio', { name: /全市图/ }).check();
    await page.waitForURL((url) => (url.searchParams.get('sheet') ?? '').includes('"city"'));
    await open.click();
    await page.waitForURL((url) => (url.searchParams.get('sheet') ?? '').includes('360732'));
    expect(sheetOf(page)).toEqual({ ...county, paper: 'A1' });
    await page.getByRole('button', { name: '删除方案“兴国县 A1”' }).click();
    await page.getByRole('tooltip').getByRole('button', { name: '删除' }).click();
    await page.getByText('还没有保存方案').waitFor();
    await page.context().close();
  });

  it('makes an atlas with its progress in sight, and stops when told so', async () => {
    const { page } = await openSheet(county);
    await page.locator('summary').filter({ hasText: '图册' }).click();
    await page.getByLabel('每页').selectOption('site');
    await page.getByRole('button', { name: '做图册' }).click();
    await page.getByText(/正在出图:\d+ \/ \d+ 页/).waitFor({ timeout: PREVIEW_MS });
    await page.getByRole('button', { name: '取消', exact: true }).click();
    await page.getByText('已取消').waitFor({ timeout: 30_000 });

    await page.getByLabel('每页').selectOption('county');
    await page.getByLabel('哪些').selectOption('one');
    const text = await pdfText(page, () => page.getByRole('button', { name: '做图册' }).click());
    expect(text).toContain('兴国县');
    await page.context().close();
  });

  it.each([
    { width: 1440, height: 900, lang: 'zh-CN', query: '' },
    { width: 1024, height: 768, lang: 'en', query: '&lang=en' },
    { width: 390, height: 844, lang: 'zh-CN', query: '' },
    { width: 390, height: 844, lang: 'en', query: '&lang=en' },
  ])('is whole and accessible at $width × $height in $lang', async ({ width, height, query }) => {
    const { page, breaches } = await openSheet(
      { ...county, classification: 'public' },
      { query, width, height },
    );
    const folded = page.locator('.print-section:not([open]) > summary');
    while ((await folded.count()) > 0) await folded.first().click();
    const sideways = await page
      .locator('.print-panel')
      .evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
    expect(sideways).toBe(0);
    await expectAccessible(page);
    await page.getByRole('button', { name: /放大预览|Enlarge the preview/ }).click();
    await page.getByRole('button', { name: /^(放大|Larger)$/ }).click();
    await expectAccessible(page);
    expect(breaches).toEqual([]);
    await page.context().close();
  });

  /** Text of the PDF that the browser saves after `order`. */
  async function pdfText(page: Page, order: () => Promise<void>): Promise<string> {
    const saved = page.waitForEvent('download', { timeout: PREVIEW_MS });
    await order();
    const download = await saved;
    expect(download.suggestedFilename()).toMatch(/\.pdf$/);
    const file = join(folder, `${crypto.randomUUID()}.pdf`);
    await download.saveAs(file);
    expect((await readFile(file)).subarray(0, 5).toString()).toBe('%PDF-');
    return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
  }
});

type OpenOptions = {
  query?: string;
  username?: string;
  width?: number;
  height?: number;
  withMap?: boolean;
};

/** Resolves when the picture shown is the one of the present sheet. */
async function previewed(page: Page): Promise<void> {
  await page.waitForTimeout(500);
  await page.waitForFunction(
    () => {
      const preview = document.querySelector('.sheet-preview');
      const picture = preview?.querySelector('img');
      return preview?.getAttribute('aria-busy') === 'false' && (picture?.naturalWidth ?? 0) > 0;
    },
    undefined,
    { timeout: PREVIEW_MS, polling: 100 },
  );
}

function sheetOf(page: Page): SheetSpecInput {
  return JSON.parse(new URL(page.url()).searchParams.get('sheet') ?? 'null') as SheetSpecInput;
}

function centerOf(page: Page): [number, number] {
  const { area } = sheetOf(page);
  if (area.kind !== 'center') throw new Error(`the sheet shows ${area.kind}`);
  return area.center;
}

async function planLine(page: Page): Promise<string> {
  return (await page.locator('.plan-line span').textContent()) ?? '';
}

const scaleIn = (line: string) => line.replace(/^.*1:/, '');

async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] }),
  );
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}
