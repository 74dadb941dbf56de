/** Marking a mine site as a county does it, reviewed by county and city, and two people on one site, in a real browser. */
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { MineSite, SiteEvent } from '../../geodata/contract/marking.ts';
import { makePhoto } from '../evidence/pictures.ts';
import { type StartedApp, startApp } from '../started-app.ts';
import { chromiumPath, launchChromium, openPage, type WatchedPage } from './chromium.ts';
import { signInPage } from './sign-in-page.ts';

const pdf = Buffer.from('%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\nstartxref\n9\n%%EOF\n');

describe.skipIf(chromiumPath === undefined)('marking a mine site', () => {
  let app: StartedApp;
  /** Draws the map, on the processor. */
  let browser: Browser;
  /** Draws no map, which most of this does not need: what the processor would draw is time the tests wait. */
  let mapless: Browser;
  /** Sites of 兴国县 with their status; each is used by one test. */
  let features: { id: string; properties: { status: string } }[] = [];
  let sites: string[];
  const idsOf = (status: string) =>
    features.filter(({ properties }) => properties.status === status).map(({ id }) => id);

  beforeAll(async () => {
    app = await startApp({ copyOf: inject('sampleDir') });
    browser = await launchChromium();
    mapless = await launchChromium({ webgl: false });
    const address = `${app.url}/ogc/collections/mine_sites/items?limit=1000&skipGeometry=true&county_adcode=360732`;
    ({ features } = (await (await fetch(address)).json()) as { features: typeof features });
    sites = idsOf('in_progress');
    expect(sites.length).toBeGreaterThanOrEqual(3);
  });
  afterAll(async () => {
    await browser.close();
    await mapless.close();
    await app.stop();
  });

  async function openAs(
    username: string,
    code: string,
    options: { query?: string; size?: { width: number; height: number }; withMap?: boolean } = {},
  ): Promise<WatchedPage> {
    const watched = await openPage(options.withMap ? browser : mapless, app.url, {
      bypassCSP: true,
      ...(options.size ? { viewport: options.size } : {}),
    });
    await signInPage(watched.page, app, username);
    await watched.page.goto(`${app.url}/?select=mine_sites:${code}${options.query ?? ''}`);
    await panel(watched.page).locator('h2').waitFor();
    return watched;
  }

  const panel = (page: Page) => page.locator('.site-panel');
  const form = (page: Page) => page.locator('.task-drawer');

  async function siteOf(page: Page, code: string): Promise<MineSite> {
    return (await (await page.request.get(`${app.url}/api/mine-sites/${code}`)).json()) as MineSite;
  }
  async function kindsOf(page: Page, code: string): Promise<SiteEvent['kind'][]> {
    const answer = await page.request.get(`${app.url}/api/mine-sites/${code}/history?limit=20`);
    const { events } = (await answer.json()) as { events: SiteEvent[] };
    return events.filter(({ kind }) => kind !== 'record').map(({ kind }) => kind);
  }

  async function expectAccessible(page: Page): Promise<void> {
    // Colours on their way to another are judged when they have arrived.
    await page.mouse.move(0, 0);
    await page.waitForTimeout(400);
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() =>
      (window as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] }),
    );
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
    expect(found).toEqual([]);
  }

  it('tells an anonymous reader the facts, and that signing in shows the rest', async () => {
    const { page, breaches } = await openPage(browser, app.url, { bypassCSP: true });
    await page.goto(`${app.url}/?select=mine_sites:${sites[0]}`);
    await panel(page).getByText('请先登录。').waitFor();
    await panel(page).getByText('登录后显示历史、照片和文件。').waitFor();
    expect(await panel(page).innerText()).toContain('申报面积');
    expect(await panel(page).getByRole('button', { name: '填报' }).count()).toBe(0);
    await expectAccessible(page);
    expect(breaches).toEqual([]);
    await page.context().close();
  });

  it('goes from the county editor through county and city, returned once, and back', {
    timeout: 240_000,
  }, async () => {
    const code = sites[0] as string;
    const editor = await openAs('xingguo-editor', code, { withMap: true });
    const before = await siteOf(editor.page, code);
    await panel(editor.page).getByRole('button', { name: '填报', exact: true }).click();
    const drawer = form(editor.page);
    await drawer.getByLabel('拍照或选照片').setInputFiles([
      { name: '近景.jpg', mimeType: 'image/jpeg', buffer: await makePhoto({ seed: 'one' }) },
      { name: '远景.jpg', mimeType: 'image/jpeg', buffer: await makePhoto({ seed: 'two' }) },
    ]);
    await drawer.getByText('无位置信息').nth(1).waitFor();
    await drawer.getByLabel('其他文件: 选择文件').setInputFiles({
      name: '会议纪要.pdf',
      mimeType: 'application/pdf',
      buffer: pdf,
    });
    await drawer.getByRole('button', { name: '查看 会议纪要.pdf' }).waitFor();
    const percent = drawer.getByLabel('形象进度', { exact: true });
    await percent.fill('150');
    await drawer.getByText('不能大于 100。').waitFor();
    const standing = Number(before.state.progressPercent);
    await percent.fill(String(standing - 1));
    await drawer.getByText('请核对,或填写减少原因。').waitFor();
    await drawer.getByRole('button', { name: '报送' }).click();
    await drawer.getByText('请填写原因。').waitFor();
    expect((await siteOf(editor.page, code)).report).toBeNull();
    await percent.fill(String(standing + 1));
    await drawer.getByLabel('本月新增治理面积', { exact: true }).fill('0.12');
    const toDate = Number(await drawer.getByLabel('累计治理面积', { exact: true }).inputValue());
    expect(toDate).toBeCloseTo(Number(before.state.treatedAreaSquareMeters) / 10_000 + 0.12, 4);
    await drawer.getByLabel('下步打算').fill('继续覆土');
    await drawer.getByText('草稿已保存在本机').waitFor();
    await expectAccessible(editor.page);

    // A reload loses nothing of what was typed or sent.
    await editor.page.reload();
    await panel(editor.page).getByRole('button', { name: '填报', exact: true }).click();
    expect(await drawer.getByLabel('下步打算').inputValue()).toBe('继续覆土');
    expect(await drawer.getByRole('button', { name: /查看 .景\.jpg$/ }).count()).toBe(2);
    await drawer.getByRole('button', { name: '报送' }).dblclick();
    await editor.page.getByText('已报送,等待县级审核。').waitFor();
    await panel(editor.page).getByText('已报送,待县级审核').waitFor();
    const submitted = await siteOf(editor.page, code);
    expect(submitted.report?.answer.nextSteps).toBe('继续覆土');
    expect(submitted.state.progressPercent).toBe(standing);
    expect(await kindsOf(editor.page, code)).toEqual(['report_submitted']);

    // The county opens it: from then on it is not withdrawn any more.
    const county = await openAs('xingguo-reviewer', code, { withMap: true });
    await panel(county.page).getByRole('button', { name: '审核', exact: true }).click();
    await form(county.page)
      .getByRole('row', { name: /形象进度/ })
      .waitFor();
    expect(
      await form(county.page)
        .getByRole('row', { name: /形象进度/ })
        .innerText(),
    ).toContain(`${standing + 1}%`);
    await form(county.page)
      .getByRole('button', { name: /查看 近景\.jpg/ })
      .click();
    await county.page.getByRole('dialog', { name: '近景.jpg' }).getByText('无位置信息').waitFor();
    await expectAccessible(county.page);
    await county.page.keyboard.press('Escape');
    await county.page.getByRole('dialog', { name: '近景.jpg' }).waitFor({ state: 'detached' });
    expect(await form(county.page).getByRole('button', { name: '审核通过' }).isVisible()).toBe(true);
    expect((await siteOf(county.page, code)).report?.openedAt).not.toBeNull();
    await editor.page.reload();
    await panel(editor.page).getByText('暂不能办理').click();
    await panel(editor.page).getByText('不能再撤回').waitFor();
    await form(county.page).getByRole('button', { name: '审核通过' }).click();
    await county.page.getByText('已审核通过。').waitFor();
    expect((await siteOf(county.page, code)).state.progressPercent).toBe(standing + 1);

    // The city returns it: what it changed is put back, and the editor reads why.
    const city = await openAs('city', code, { withMap: true });
    await panel(city.page).getByRole('button', { name: '审核', exact: true }).click();
    await form(city.page).getByRole('button', { name: '退回' }).click();
    await form(city.page).getByRole('button', { name: '退回' }).click();
    await form(city.page).getByText('请填写原因。').waitFor();
    await form(city.page).getByRole('button', { name: '形象进度与照片不符,请核对' }).click();
    await form(city.page).getByRole('button', { name: '退回' }).click();
    await city.page.getByText('已退回。').waitFor();
    expect((await siteOf(city.page, code)).state.progressPercent).toBe(standing);
    await editor.page.reload();
    await panel(editor.page).getByText('市级退回:形象进度与照片不符,请核对').waitFor();
    await panel(editor.page).getByRole('button', { name: '重新报送' }).click();
    expect(await drawer.getByLabel('下步打算').inputValue()).toBe('继续覆土');
    await drawer.getByLabel('形象进度', { exact: true }).fill(String(standing + 2));
    await drawer.getByRole('button', { name: '报送' }).click();
    await editor.page.getByText('已报送,等待县级审核。').waitFor();

    for (const reviewer of [county, city]) {
      await reviewer.page.reload();
      await panel(reviewer.page).getByRole('button', { name: '审核', exact: true }).click();
      await form(reviewer.page).getByRole('button', { name: '审核通过' }).click();
      await reviewer.page.getByText('已审核通过。').waitFor();
    }
    const passed = await siteOf(city.page, code);
    expect(passed.report?.state).toBe('city_passed');
    expect(passed.state.progressPercent).toBe(standing + 2);
    expect(await kindsOf(city.page, code)).toEqual([
      'report_confirmed',
      'report_passed',
      'report_submitted',
      'report_returned',
      'report_passed',
      'report_submitted',
    ]);
    const history = panel(city.page).getByRole('region', { name: '历史' });
    await history.getByText('市级审核通过').waitFor();
    expect(await history.innerText()).toContain('原因:形象进度与照片不符,请核对');
    for (const { page, breaches } of [editor, county, city]) {
      expect(breaches).toEqual([]);
      await page.context().close();
    }
  });

  it('shows the second of two people both versions field by field, and discards nothing', async () => {
    const code = sites[1] as string;
    const first = await openAs('xingguo-editor', code, { withMap: true });
    const second = await openAs('xingguo-editor', code, { withMap: true });
    for (const { page } of [first, second]) {
      await panel(page).getByRole('button', { name: '填报', exact: true }).click();
    }
    const standing = Number((await siteOf(first.page, code)).state.progressPercent);
    await form(first.page)
      .getByLabel('形象进度', { exact: true })
      .fill(String(standing + 1));
    await form(first.page).getByLabel('问题说明').fill('第一人的问题');
    await form(second.page)
      .getByLabel('形象进度', { exact: true })
      .fill(String(standing + 3));
    await form(second.page).getByLabel('下步打算').fill('第二人的打算');
    await form(first.page).getByRole('button', { name: '报送' }).click();
    await first.page.getByText('已报送,等待县级审核。').waitFor();

    await form(second.page).getByRole('button', { name: '报送' }).click();
    const conflict = second.page.getByRole('dialog', { name: '别人刚改过这座矿山' });
    await conflict.waitFor();
    const shown = await conflict.innerText();
    for (const words of [`${standing + 1}%`, `${standing + 3}%`, `填写前: ${standing}%`, '第一人的问题']) {
      expect(shown).toContain(words);
    }
    await expectAccessible(second.page);
    await conflict.getByRole('radio', { name: `对方的: ${standing + 1}%` }).check();
    await conflict.getByRole('button', { name: '按所选重新报送' }).click();
    await second.page.getByText('已报送,等待县级审核。').waitFor();
    const { report } = await siteOf(second.page, code);
    expect(report?.answer).toMatchObject({
      progressPercent: standing + 1,
      issues: '第一人的问题',
      nextSteps: '第二人的打算',
    });
    expect(await kindsOf(second.page, code)).toEqual([
      'report_submitted',
      'report_withdrawn',
      'report_submitted',
    ]);
    await first.page.context().close();
    await second.page.context().close();
  });

  it('takes a decision with the document it rests on, and restores the state before it', async () => {
    const code = idsOf('county_accepted')[0] as string;
    const { page, breaches } = await openAs('city', code, { withMap: true });
    const before = await siteOf(page, code);
    await panel(page).getByRole('button', { name: '市级验收' }).click();
    await form(page).getByRole('button', { name: '确认' }).click();
    await form(page).getByText('需要专家验收意见').waitFor();
    expect((await siteOf(page, code)).version).toBe(before.version);
    await form(page)
      .getByLabel('专家验收意见: 选择文件')
      .setInputFiles({ name: '专家意见.pdf', mimeType: 'application/pdf', buffer: pdf });
    await form(page).getByRole('button', { name: '查看 专家意见.pdf' }).waitFor();
    await form(page).getByLabel('验收文号').fill('示意验〔2025〕9号');
    await form(page).getByLabel('验收面积').fill('2.1');
    await expectAccessible(page);
    await form(page).getByRole('button', { name: '确认' }).click();
    await page.getByText('已办理。').waitFor();
    const accepted = (await siteOf(page, code)).state;
    expect(accepted).toMatchObject({
      status: 'city_accepted',
      acceptanceDocument: '示意验〔2025〕9号',
      acceptedAreaSquareMeters: 21_000,
      aftercareUntil: '2028-09-30',
    });
    const history = panel(page).getByRole('region', { name: '历史' });
    await history.getByText('县级验收 → 市级验收').waitFor();
    await history.getByRole('button', { name: '恢复到此状态' }).first().click();
    await history.getByLabel('恢复原因').fill('验收意见有误');
    await history.getByRole('button', { name: '恢复', exact: true }).click();
    await history.getByText('原因:验收意见有误').waitFor();
    expect((await siteOf(page, code)).state.status).toBe('county_accepted');
    expect(await kindsOf(page, code)).toEqual(['restoration', 'decision']);
    expect(breaches).toEqual([]);
    await page.context().close();
  });

  it('keeps what is typed through the end of a session, for the same account', async () => {
    const code = idsOf('approved')[0] as string;
    const { page } = await openAs('xingguo-editor', code);
    await panel(page).getByRole('button', { name: '填报', exact: true }).click();
    await form(page).getByLabel('下步打算').fill('进场施工');
    const session = await (await page.request.get(`${app.url}/api/session`)).json();
    await page.request.delete(`${app.url}/api/session`, {
      headers: { 'x-csrf-token': (session as { csrfToken: string }).csrfToken },
    });
    await form(page).getByRole('button', { name: '报送' }).click();
    await form(page).getByText('登录已结束').waitFor();
    expect(await form(page).getByLabel('下步打算').inputValue()).toBe('进场施工');
    await signInPage(page, app, 'xingguo-editor');
    await page.reload();
    await panel(page).getByRole('button', { name: '填报', exact: true }).click();
    expect(await form(page).getByLabel('下步打算').inputValue()).toBe('进场施工');
    await page.context().close();
  });

  it('works on a phone in three steps, in English, and keeps what is typed when the request fails', async () => {
    const code = sites[2] as string;
    const { page } = await openAs('xingguo-editor', code, {
      query: '&lang=en',
      size: { width: 390, height: 844 },
    });
    await panel(page).getByRole('button', { name: 'Report', exact: true }).click();
    const sheet = form(page);
    await sheet.getByText('Step 1 of 3').waitFor();
    await sheet.getByLabel('Take or choose photos').setInputFiles({
      name: 'close.jpg',
      mimeType: 'image/jpeg',
      buffer: await makePhoto({ seed: 'three' }),
    });
    await sheet.getByText('No location').waitFor();
    await expectAccessible(page);
    await sheet.getByRole('button', { name: 'Next' }).click();
    await sheet.getByText('Step 2 of 3').waitFor();
    await sheet.getByLabel('Treated this month', { exact: true }).fill('1.5');
    await sheet.getByText('mu', { exact: true }).first().click();
    expect(await sheet.getByLabel('Treated this month', { exact: true }).inputValue()).toBe('22.5');
    await sheet.getByLabel('Treated this month', { exact: true }).fill('1.5');
    await expectAccessible(page);
    await sheet.getByRole('button', { name: 'Next' }).click();
    await sheet.getByText('Step 3 of 3').waitFor();
    await sheet.getByLabel('Note', { exact: true }).fill('by phone');
    await page.route('**/reports/**', (route) => route.abort());
    await sheet.getByRole('button', { name: 'Submit' }).click();
    await sheet.getByRole('alert').waitFor();
    await page.unroute('**/reports/**');
    await page.reload();
    await panel(page).getByRole('button', { name: 'Report', exact: true }).click();
    for (const step of [2, 3]) {
      await sheet.getByRole('button', { name: 'Next' }).click();
      await sheet.getByText(`Step ${step} of 3`).waitFor();
    }
    expect(await sheet.getByLabel('Note', { exact: true }).inputValue()).toBe('by phone');
    await sheet.getByRole('button', { name: 'Submit' }).click();
    await page.getByText('Submitted; it waits for the county.').waitFor();
    const { report } = await siteOf(page, code);
    expect(report?.answer).toMatchObject({ note: 'by phone', treatedThisPeriodSquareMeters: 1000 });
    await page.context().close();
  });
});
