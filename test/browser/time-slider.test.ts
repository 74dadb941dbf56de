/** 历史时点 on the screen: map, table, popup, legend and figures follow a past day; figures list whom they count; changes show. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { FigureSites, ProgressResponse } from '../../geodata/contract/progress.ts';
import { type StatusId, statuses } from '../../geodata/domain/workflow.ts';
import { type StartedApp, startApp } from '../started-app.ts';
import { chromiumPath, launchChromium, mapIdle, openPage } from './chromium.ts';
import { signInPage } from './sign-in-page.ts';

const appUrl = inject('appUrl');
const ask = async <T>(path: string): Promise<T> => (await (await fetch(`${appUrl}${path}`)).json()) as T;
/** The machine may be busy; what is asked for comes in seconds. */
const soon = { timeout: 15_000 };
const number = (text: string | null): number => Number((text ?? '').replace(/[^\d.]/g, ''));

describe.skipIf(chromiumPath === undefined)('a past day on the screen', () => {
  /** Draws the map, on the processor. */
  let browser: Browser;
  /** Draws no map, which figures do not need: what the processor would draw is time the tests wait. */
  let mapless: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
    mapless = await launchChromium({ webgl: false });
  });
  afterAll(async () => {
    await browser.close();
    await mapless.close();
  });

  const figure = (page: Page, id: string) => page.locator(`.context-panel [data-figure="${id}"]`).first();
  const legendCount = async (page: Page, phase: string): Promise<number> =>
    number(await page.locator('.legend-entry', { hasText: phase }).locator('.figure').textContent());
  const inPhase = ({ byStatus }: ProgressResponse, phase: string): number =>
    (Object.keys(byStatus) as StatusId[])
      .filter((id) => statuses[id].phase === phase)
      .reduce((sum, id) => sum + (byStatus[id]?.count ?? 0), 0);

  it('is chosen by the slider, followed by everything, and left by one button', async () => {
    const { page, breaches } = await openPage(browser, appUrl);
    const drawn: URL[] = [];
    page.on('request', (request) => drawn.push(new URL(request.url())));
    const isAsked = ({ searchParams }: URL, day: string) =>
      searchParams.get('as_of') === day && searchParams.has('derived');
    await page.goto(`${appUrl}/`);
    await mapIdle(page);
    const now = await ask<ProgressResponse>('/api/progress');
    const past = await ask<ProgressResponse>('/api/progress?as_of=2024-06-30');
    expect(inPhase(past, 'closed')).not.toBe(inPhase(now, 'closed'));

    await page.getByRole('button', { name: '时点' }).click();
    await page.getByLabel('日期', { exact: true }).fill('2024-06-30');
    await expect.poll(() => new URL(page.url()).searchParams.get('as_of'), soon).toBe('2024-06-30');
    const chip = page.locator('.date-chip');
    await expect.poll(() => chip.textContent(), soon).toContain('历史时点 2024-06-30');
    expect(await chip.textContent()).toContain('示意数据');
    await expect
      .poll(async () => number(await figure(page, 'completed').textContent()), soon)
      .toBe(past.total.completed.count);
    await expect.poll(() => legendCount(page, '已销号'), soon).toBe(inPhase(past, 'closed'));
    await mapIdle(page);
    // The map draws what it asked for: the shapes of that day.
    expect(
      drawn.some((url) => url.pathname.endsWith('/mine_sites/items') && isAsked(url, '2024-06-30')),
    ).toBe(true);

    // By the month with the keyboard, in both directions.
    const slider = page.getByRole('slider', { name: /历史时点/ });
    await slider.focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => new URL(page.url()).searchParams.get('as_of'), soon).toBe('2024-05-31');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => new URL(page.url()).searchParams.get('as_of'), soon).toBe('2024-07-31');

    await page.getByRole('button', { name: '回到现在' }).first().click();
    await expect.poll(() => new URL(page.url()).searchParams.get('as_of'), soon).toBeNull();
    await expect
      .poll(async () => number(await figure(page, 'completed').textContent()), soon)
      .toBe(now.total.completed.count);
    await expect.poll(() => chip.textContent(), soon).toContain('数据截至');
    expect(breaches).toEqual([]);
    await page.context().close();
  });

  it('is restored by a link, in English and on a phone, in table and popup, without anything to mark', async () => {
    const { sites } = await ask<FigureSites>('/api/progress/sites?figure=closed&as_of=2025-09-30');
    const code = sites[0]?.code ?? '';
    const item = await ask<{ properties: { status: StatusId } }>(
      `/ogc/collections/mine_sites/items/${code}?as_of=2023-06-30`,
    );
    const link = `${appUrl}/?lang=en&as_of=2023-06-30&select=mine_sites:${code}`;
    const { page, breaches } = await openPage(browser, appUrl);
    await page.goto(link);
    const popup = page.getByRole('dialog');
    await expect.poll(() => popup.textContent(), soon).toContain(statuses[item.properties.status].title.en);
    expect(await popup.textContent()).not.toContain(statuses.closed.title.en);
    expect(await page.getByRole('button', { name: /^Report/ }).count()).toBe(0);
    await expect.poll(() => page.locator('.date-chip').textContent(), soon).toContain('As of 2023-06-30');
    expect(breaches).toEqual([]);
    await page.context().close();

    const phone = await openPage(browser, appUrl, { viewport: { width: 390, height: 844 }, hasTouch: true });
    await phone.page.goto(`${appUrl}/?as_of=2023-06-30`);
    const slider = phone.page.locator('.time-slider');
    await slider.waitFor();
    const box = await slider.boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= 390).toBe(true);
    expect(phone.breaches).toEqual([]);
    await phone.page.context().close();
  });

  it('has figures that list the sites they count, in the table and on a phone', async () => {
    const { attention } = await ask<ProgressResponse>('/api/progress');
    const { page } = await openPage(mapless, appUrl);
    await page.goto(`${appUrl}/`);
    await figure(page, 'overdue').click();
    await expect
      .poll(() => page.locator('.table-title .figure').textContent(), soon)
      .toContain(`${attention.overdue.count} 座`);
    await page.context().close();

    const phone = await openPage(mapless, appUrl, { viewport: { width: 390, height: 844 }, hasTouch: true });
    await phone.page.goto(`${appUrl}/`);
    await phone.page.locator('.phone-tab', { hasText: '统计' }).click();
    await figure(phone.page, 'overdue').click();
    await expect
      .poll(() => phone.page.locator('.attention-list li').count(), soon)
      .toBe(attention.overdue.count);
    await phone.page.context().close();
  });

  it('copies the figures as a sentence, also where the page has no clipboard', async () => {
    const { total } = await ask<ProgressResponse>('/api/progress');
    const { page } = await openPage(mapless, appUrl);
    await page.addInitScript(() => {
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
      document.addEventListener('copy', () => {
        const active = document.activeElement;
        if (active instanceof HTMLTextAreaElement) document.documentElement.dataset.copied = active.value;
      });
    });
    await page.goto(`${appUrl}/`);
    await page.getByRole('button', { name: '复制为文字' }).click();
    await expect.poll(() => page.getByRole('button', { name: '已复制' }).count(), soon).toBe(1);
    const copied = await page.evaluate(() => document.documentElement.dataset.copied);
    expect(copied).toContain('截至2025年9月30日,赣州市废弃矿山修复下达任务535座、12.62平方公里');
    expect(copied).toContain(`已完工${total.completed.count}座`);
    expect(copied).toContain('(示意数据)');
    await page.context().close();
  });
});

describe.skipIf(chromiumPath === undefined)('an open screen', () => {
  let app: StartedApp;
  let browser: Browser;
  beforeAll(async () => {
    app = await startApp({ copyOf: inject('sampleDir') });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });

  it('shows what somebody else marks within seconds, long before it would ask again', async () => {
    const { page } = await openPage(browser, app.url);
    const streaming = page.waitForResponse((response) => response.url().includes('/api/events'));
    await page.goto(`${app.url}/`);
    expect((await streaming).status()).toBe(200);
    const rectifying = page.locator('.context-panel [data-figure="rectifying"]').first();
    const before = number(await rectifying.locator('.figure').textContent());

    const city = await openPage(browser, app.url);
    await signInPage(city.page, app, 'city');
    const { features } = (await (
      await fetch(
        `${app.url}/ogc/collections/mine_sites/items?status=city_accepted&limit=1&skipGeometry=true`,
      )
    ).json()) as { features: { id: string }[] };
    const address = `${app.url}/api/mine-sites/${features[0]?.id}`;
    const asked = await city.page.request.get(address);
    const { workDay } = (await asked.json()) as { workDay: string };
    const { csrfToken } = (await (await city.page.request.get(`${app.url}/api/session`)).json()) as {
      csrfToken: string;
    };
    const answer = await city.page.request.post(`${address}/decisions`, {
      headers: { 'if-match': asked.headers().etag ?? '', 'x-csrf-token': csrfToken, origin: app.url },
      data: { to: 'rectifying', effectiveOn: workDay, facts: { source: '抽查' }, reason: '边坡滑塌' },
    });
    expect(answer.ok()).toBe(true);
    await expect
      .poll(async () => number(await rectifying.locator('.figure').textContent()), { timeout: 10_000 })
      .toBe(before + 1);
  });
});
