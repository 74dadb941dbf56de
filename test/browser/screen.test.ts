/** The whole screen at the three widths in both languages: nothing foreign asked for, nothing clipped, nothing serious for axe. */
import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { chromiumPath, foreignRequests, launchChromium, mapIdle, openPage } from './chromium.ts';

const appUrl = inject('appUrl');
const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
];
const languages = [
  { query: '', lang: 'zh-CN', title: '览图', sample: '示意数据' },
  { query: '?lang=en', lang: 'en', title: 'Lantu', sample: 'Sample data' },
];
const screens = sizes.flatMap((size) => languages.map((language) => ({ ...size, ...language })));

describe.skipIf(chromiumPath === undefined)('the screen', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  it.each(screens)('is whole, marked and accessible at $width × $height in $lang', async (screen) => {
    const { width, height, query, lang, title, sample } = screen;
    const { page, breaches } = await openPage(browser, appUrl, {
      viewport: { width, height },
      hasTouch: width < 500,
      bypassCSP: true,
    });
    await page.goto(`${appUrl}/${query}`);
    await mapIdle(page);
    expect(await page.title()).toContain(title);
    expect(await page.locator('html').getAttribute('lang')).toBe(lang);
    const text = (await page.locator('body').innerText()).replaceAll(/\s+/g, ' ');
    expect(text).toContain(sample);
    expect(text).toContain('2025');
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() =>
      (window as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] }),
    );
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    expect(breaches).toEqual([]);
    await page.context().close();
  });

  it('is watched by a guard that notices requests to another origin', async () => {
    const { page } = await openPage(browser, 'http://somewhere-else.invalid');
    await page.goto(`${appUrl}/`);
    expect(foreignRequests.splice(0)).toContain(`${appUrl}/`);
    await page.context().close();
    foreignRequests.splice(0);
  });

  it('keeps the content security policy without a violation', async () => {
    const { page, breaches } = await openPage(browser, appUrl);
    const answer = await page.goto(`${appUrl}/`);
    expect(answer?.headers()['content-security-policy']).toContain("script-src 'self'");
    await mapIdle(page);
    for (const tab of ['矿山修复', '数据管理', '一张图']) {
      await page.getByText(tab, { exact: true }).first().click();
      await page.waitForTimeout(300);
    }
    expect(breaches).toEqual([]);
    await page.context().close();
  });

  it('moves a layer by keyboard alone and keeps the order in the address', async () => {
    const { page } = await openPage(browser, appUrl);
    await page.goto(`${appUrl}/`);
    await mapIdle(page);
    await page.getByText('叠放次序').click();
    const down = page.getByRole('button', { name: '下移废弃矿山(座)' });
    await down.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.searchParams.has('order'));
    const order = new URL(page.url()).searchParams.get('order')?.split(',') ?? [];
    expect(order.indexOf('mine_sites')).toBeGreaterThan(0);
    await page.context().close();
  });

  it('finds a feature by name and goes to it', async () => {
    const { page } = await openPage(browser, appUrl);
    await page.goto(`${appUrl}/`);
    await mapIdle(page);
    const search = page.getByPlaceholder('搜名称、编号');
    await search.fill('三夹水');
    await page
      .getByText(/岿美山.*三夹水/)
      .first()
      .waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: /三夹水/ }).waitFor();
    await page.waitForURL((url) => (url.searchParams.get('select') ?? '').startsWith('mine_sites:'));
    await mapIdle(page);
    const zoom = Number(new URL(page.url()).searchParams.get('view')?.split(',')[2]);
    expect(zoom).toBeGreaterThan(11);
    await page.context().close();
  });

  it('gives degrees and both home zones under the pointer', async () => {
    const { page } = await openPage(browser, appUrl);
    await page.goto(`${appUrl}/?view=114.934,25.8546,14`);
    await mapIdle(page);
    const box = await page.locator('canvas.maplibregl-canvas').boundingBox();
    if (box === null) throw new Error('no map');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.waitForFunction(() => /114\.93/.test(document.querySelector('footer')?.textContent ?? ''));
    const status = ((await page.locator('footer').textContent()) ?? '').replaceAll(/[\s ,]/g, '');
    // Test vector 1 of test/fixtures/crs-vectors.json, to the width of a few pixels.
    expect(status).toMatch(/38带X\(北\)28610[0-9]{2}\.\d+Y\(东\)385936[0-9]{2}\.\d/);
    expect(status).toMatch(/39带X\(北\)28623[0-9]{2}\.\d+Y\(东\)392928[0-9]{2}\.\d/);
    await page.context().close();
  });

  it('keeps what lies over the map off the table, off each other and out from under panels', async () => {
    // Without WebGL the same places are laid out.
    const blind = await launchChromium({ webgl: false });
    const { page } = await openPage(blind, appUrl);
    for (const { width, height, query } of [
      { width: 720, height: 450, query: '?tab=remediation' },
      { width: 720, height: 450, query: '?lang=en' },
      { width: 1024, height: 768, query: '?tab=remediation&lang=en' },
      { width: 1024, height: 768, query: '?tab=print&lang=en' },
    ]) {
      await page.setViewportSize({ width, height });
      await page.goto(`${appUrl}/${query}`);
      await page.locator('.legend-strip .legend-scroll').waitFor();
      await page.locator('.tool').first().waitFor();
      await page.locator('.context-handle, .print-panel').first().waitFor();
      expect(await page.evaluate(overlaps)).toEqual([]);
    }
    await blind.close();
  });

  it('says so where there is no WebGL2, and everything that is not the map works', async () => {
    const blind = await launchChromium({ webgl: false });
    const { page } = await openPage(blind, appUrl);
    await page.goto(`${appUrl}/`);
    await page.getByText('这台电脑的浏览器不能显示地图').waitFor();
    await page.getByRole('switch', { name: '显示水系' }).waitFor();
    await page.getByText('535 座').first().waitFor();
    await page.getByRole('button', { name: /展开/ }).last().click();
    await page.getByRole('row').nth(5).waitFor();
    await blind.close();
  });
});

/** Runs in the page: parts that lie over others they may not lie over. */
function overlaps(): string[] {
  const apart: [upper: string, lower: string][] = [
    ['.tool', '.table-panel'],
    ['.tool', '.context-handle'],
    ['.tool', '.legend-strip'],
    ['.context-handle', '.table-panel'],
    ['.context-handle', '.legend-strip'],
    ['.legend-strip', '.print-panel'],
    ['.legend-strip', '.context-panel'],
  ];
  return apart.flatMap(([upper, lower]) => {
    const boxes = [...document.querySelectorAll(lower)].map((part) => part.getBoundingClientRect());
    return [...document.querySelectorAll(upper)]
      .filter((part) => {
        const { left, right, top, bottom } = part.getBoundingClientRect();
        return boxes.some((b) => left < b.right && b.left < right && top < b.bottom && b.top < bottom);
      })
      .map((part) => `${upper} ${part.textContent} over ${lower}`);
  });
}
