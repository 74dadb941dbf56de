/** Layers closed to the reader, and datasets whose positions are in doubt, wherever the screen shows them. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { CatalogueLayer, CatalogueResponse } from '../../geodata/contract/catalogue.ts';
import { chromiumPath, launchChromium, mapIdle, openPage } from './chromium.ts';

const appUrl = inject('appUrl');

/** The page is told another catalogue than the service has. */
async function tellCatalogue(page: Page, change: (layer: CatalogueLayer) => CatalogueLayer): Promise<void> {
  await page.route('**/api/catalogue', async (route) => {
    const answer = await route.fetch();
    const catalogue = (await answer.json()) as CatalogueResponse;
    await route.fulfill({
      response: answer,
      json: { ...catalogue, layers: catalogue.layers.map(change) },
    });
  });
}

describe.skipIf(chromiumPath === undefined)('what a reader may not see, or not rely on', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  it('says 需登录 in place of closed layers everywhere and asks for nothing of them', async () => {
    const closed = ['mine_sites', 'mine_patches'];
    const { page, breaches } = await openPage(browser, appUrl);
    await tellCatalogue(page, (layer) =>
      closed.includes(layer.definition.id)
        ? { ...layer, mayRead: false, featureCount: 0, extent: null, datasets: [], categoryCounts: {} }
        : layer,
    );
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(`${appUrl}/?tab=remediation&select=mine_sites:any`);
    await mapIdle(page);
    const row = page.locator('.layer-row', { has: page.getByRole('switch', { name: '显示废弃矿山(座)' }) });
    expect(await row.innerText()).toContain('需登录');
    expect(await page.locator('.legend-strip').innerText()).toContain('需登录');
    expect(await page.getByRole('region', { name: '属性表' }).innerText()).toContain('不登录不能查看');
    const popup = page.getByRole('dialog');
    await popup.getByText('登录后可以查看').waitFor();
    await popup.getByRole('button', { name: '关闭' }).click();
    await page.getByRole('complementary', { name: '统计' }).getByText('登录后显示进展统计').waitFor();
    await page.getByRole('combobox', { name: '搜索' }).fill('三夹水');
    await page.getByText('需登录,未搜索:废弃矿山(座)、矿山图斑').waitFor();
    expect(await page.getByRole('option').count()).toBe(0);
    expect(asked.filter((url) => /collections\/mine_|api\/progress/.test(url))).toEqual([]);
    expect(breaches).toEqual([]);
    await page.context().close();
  });

  it('marks data whose positions are in doubt in the layer panel, the popup and the list of datasets', async () => {
    const { page } = await openPage(browser, appUrl);
    await tellCatalogue(page, (layer) =>
      layer.definition.id === 'counties'
        ? {
            ...layer,
            datasets: layer.datasets.map((dataset) => ({ ...dataset, positionDoubt: 'gcj02' as const })),
          }
        : layer,
    );
    await page.goto(`${appUrl}/?select=counties:360728`);
    await mapIdle(page);
    const badge = '位置约偏 600 米';
    const row = page.locator('.layer-row', { has: page.getByRole('switch', { name: '显示县(市、区)界' }) });
    expect(await row.innerText()).toContain(badge);
    await page.getByRole('dialog').getByText(badge).waitFor();
    await page.getByRole('button', { name: /数据截至/ }).click();
    await page.getByRole('dialog', { name: '数据说明' }).getByText(badge).waitFor();
    await page.context().close();
  });
});
