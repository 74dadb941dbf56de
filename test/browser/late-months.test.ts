/** A month that was missed, made up for; and what is typed or sent when something goes wrong in between; in a real browser. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { MineSite, SiteEvent } from '../../geodata/contract/marking.ts';
import type { WorkList } from '../../geodata/contract/work-list.ts';
import { type StartedApp, startApp } from '../started-app.ts';
import { chromiumPath, launchChromium, openPage } from './chromium.ts';
import { expectWhole } from './expect-whole.ts';
import { signInPage } from './sign-in-page.ts';

describe.skipIf(chromiumPath === undefined)('an office in a hurry', () => {
  let app: StartedApp;
  /** Draws no map, which none of this needs: what the processor would draw is time the tests wait. */
  let browser: Browser;
  beforeAll(async () => {
    app = await startApp({ copyOf: inject('sampleDir') });
    browser = await launchChromium({ webgl: false });
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });

  const list = (page: Page) => page.locator('.work-panel');
  const drawer = (page: Page) => page.locator('.task-drawer');
  async function openAs(username: string) {
    const watched = await openPage(browser, app.url, { bypassCSP: true });
    await signInPage(watched.page, app, username);
    await watched.page.goto(app.url);
    await watched.page.locator('.work-row').first().waitFor();
    return watched;
  }
  async function workOf(page: Page, period = '2025-09'): Promise<WorkList> {
    return (await (await page.request.get(`${app.url}/api/work-list?period=${period}`)).json()) as WorkList;
  }
  async function siteOf(page: Page, code: string, period = '2025-09'): Promise<MineSite> {
    const answer = await page.request.get(`${app.url}/api/mine-sites/${code}?period=${period}`);
    return (await answer.json()) as MineSite;
  }

  it('makes up for a month it missed, and withdraws that from the list', { timeout: 240_000 }, async () => {
    const { page, breaches } = await openAs('xingguo-editor');
    const august = await workOf(page, '2025-08');
    const site = august.items.find(({ waitsFor }) => waitsFor === 'report');
    if (site === undefined) throw new Error('nothing was missed in August');
    await list(page).getByRole('combobox', { name: '填报月份' }).click();
    await page.locator('.ant-select-item-option', { hasText: '2025年8月' }).click();
    await list(page).getByText('正在补报2025年8月。').waitFor();
    await list(page).getByText(`还剩 ${august.counts.left} · 截止 8月31日`).waitFor();
    await expectWhole(page);
    const row = page.locator('.work-row', { hasText: site.name });
    await row.getByRole('button', { name: '本期无进展' }).click();
    await drawer(page)
      .getByRole('heading', { name: /2025年8月/ })
      .waitFor();
    expect(await drawer(page).getByLabel('发生日期').inputValue()).toBe('2025-08-31');
    await drawer(page).getByRole('button', { name: '雨季停工' }).click();
    await drawer(page).getByRole('button', { name: '报送' }).click();
    await page.getByText('已报送,等待县级审核。').waitFor();
    expect((await siteOf(page, site.code, '2025-08')).report).toMatchObject({
      state: 'submitted',
      effectiveOn: '2025-08-31',
    });
    await row.getByRole('button', { name: '撤回' }).click();
    await page.locator('.ant-popconfirm').getByRole('button', { name: '撤回' }).click();
    await row.getByRole('button', { name: '填报' }).waitFor();
    expect((await siteOf(page, site.code, '2025-08')).report?.state).toBe('withdrawn');
    await list(page).getByRole('button', { name: '回到2025年9月' }).click();
    await list(page).getByText('截止 9月30日').waitFor();
    expect(breaches).toEqual([]);
    await page.context().close();
  });

  it('sends a report once, also where the answer to it was lost on its way', {
    timeout: 240_000,
  }, async () => {
    const { page } = await openAs('xingguo-editor');
    const site = (await workOf(page)).items.find(
      ({ waitsFor, status }) => waitsFor === 'report' && status === 'in_progress',
    );
    if (site === undefined) throw new Error('no site owes a report');
    const row = page.locator('.work-row', { hasText: site.name });
    await row.getByRole('button', { name: '填报', exact: true }).click();
    await drawer(page).getByLabel('下步打算').fill('继续覆土');
    await page.route('**/reports/**', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await drawer(page).getByRole('button', { name: '报送' }).click();
    await drawer(page).getByRole('alert').first().waitFor();
    await page.unroute('**/reports/**');
    expect(await drawer(page).getByLabel('下步打算').inputValue()).toBe('继续覆土');
    await drawer(page).getByRole('button', { name: '报送' }).click();
    await page.getByText('已报送,等待县级审核。').waitFor();
    expect(await page.getByRole('dialog', { name: '别人刚改过这座矿山' }).count()).toBe(0);
    const answer = await page.request.get(`${app.url}/api/mine-sites/${site.code}/history?limit=20`);
    const { events } = (await answer.json()) as { events: SiteEvent[] };
    expect(events.filter(({ kind }) => kind !== 'record').map(({ kind }) => kind)).toEqual([
      'report_submitted',
    ]);
    await page.context().close();
  });

  it('finds what was typed into a decision again after closing it or reloading', {
    timeout: 240_000,
  }, async () => {
    const { page } = await openAs('city');
    const site = (await workOf(page)).items.find(({ steps }) => steps.includes('public_notice'));
    if (site === undefined) throw new Error('no site waits for public notice');
    const open = async () => {
      const row = page.locator('.work-row', { hasText: site.name });
      await row.getByRole('button', { name: '公示', exact: true }).click();
    };
    await open();
    await drawer(page).getByLabel('公示地点').fill('市局网站');
    await drawer(page).getByRole('button', { name: '关闭(已填的内容会保留)' }).click();
    await open();
    expect(await drawer(page).getByLabel('公示地点').inputValue()).toBe('市局网站');
    await page.reload();
    await page.locator('.work-row').first().waitFor();
    await open();
    expect(await drawer(page).getByLabel('公示地点').inputValue()).toBe('市局网站');
    await drawer(page).getByLabel('公示开始').fill('2025-09-10');
    await drawer(page).getByLabel('公示结束').fill('2025-09-20');
    await drawer(page).getByRole('button', { name: '确认' }).click();
    await page.getByText('已办理。').waitFor();
    expect((await siteOf(page, site.code)).state.status).toBe('public_notice');
    const kept = await page.evaluate(() =>
      Object.keys(sessionStorage).filter((name) => name.includes('input')),
    );
    expect(kept).toEqual([]);
    await page.context().close();
  });
});
