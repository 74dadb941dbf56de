/** A month as an office does it: the editor's list, many sites at once, review by keys, workbooks, accounts; in a real browser. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { ChangeSetList } from '../../geodata/contract/change-sets.ts';
import type { MineSite, SiteEvent } from '../../geodata/contract/marking.ts';
import type { WorkItem, WorkList } from '../../geodata/contract/work-list.ts';
import { type StartedApp, startApp } from '../started-app.ts';
import { chromiumPath, launchChromium, openPage, type WatchedPage } from './chromium.ts';
import { expectWhole } from './expect-whole.ts';
import { signInPage } from './sign-in-page.ts';

const pdf = Buffer.from('%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\nstartxref\n9\n%%EOF\n');
const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
];

describe.skipIf(chromiumPath === undefined)('the month of an office', () => {
  let app: StartedApp;
  /** Draws the map, on the processor. */
  let browser: Browser;
  /** Draws no map, which most of this does not need: what the processor would draw is time the tests wait. */
  let mapless: Browser;
  let folder: string;

  beforeAll(async () => {
    app = await startApp({ copyOf: inject('sampleDir') });
    browser = await launchChromium();
    mapless = await launchChromium({ webgl: false });
    folder = await mkdtemp(join(tmpdir(), 'lantu-reviewing-'));
  });
  afterAll(async () => {
    await browser.close();
    await mapless.close();
    await app.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function openAs(
    username: string,
    options: { path?: string; size?: { width: number; height: number }; withMap?: boolean } = {},
  ): Promise<WatchedPage> {
    const watched = await openPage(options.withMap ? browser : mapless, app.url, {
      bypassCSP: true,
      acceptDownloads: true,
      ...(options.size ? { viewport: options.size } : {}),
    });
    await signInPage(watched.page, app, username);
    await watched.page.goto(`${app.url}/${options.path ?? ''}`);
    return watched;
  }

  const list = (page: Page) => page.locator('.work-panel');
  const rows = (page: Page) => page.locator('.work-row');
  const drawer = (page: Page) => page.locator('.task-drawer');

  async function workOf(page: Page): Promise<WorkList> {
    return (await (await page.request.get(`${app.url}/api/work-list`)).json()) as WorkList;
  }
  async function siteOf(page: Page, { code }: Pick<WorkItem, 'code'>): Promise<MineSite> {
    return (await (await page.request.get(`${app.url}/api/mine-sites/${code}`)).json()) as MineSite;
  }
  async function lastEvent(page: Page, { code }: Pick<WorkItem, 'code'>): Promise<SiteEvent> {
    const answer = await page.request.get(`${app.url}/api/mine-sites/${code}/history?limit=1`);
    const [event] = ((await answer.json()) as { events: SiteEvent[] }).events;
    if (event === undefined) throw new Error(`${code} has no history`);
    return event;
  }
  async function setsOf(page: Page): Promise<ChangeSetList['changeSets']> {
    return ((await (await page.request.get(`${app.url}/api/change-sets`)).json()) as ChangeSetList)
      .changeSets;
  }

  /** Chooses sites of the list by their boxes, found by name. */
  async function choose(page: Page, items: readonly WorkItem[]): Promise<void> {
    for (const { name } of items) await list(page).getByLabel(`选中${name}`, { exact: true }).check();
  }

  it('begins with what an editor owes, and answers 本期无进展 for many sites with one reason', async () => {
    const { page, breaches } = await openAs('xingguo-editor', { withMap: true });
    await rows(page).first().waitFor();
    expect(new URL(page.url()).searchParams.get('tab')).toBe('remediation');
    const before = await workOf(page);
    const { reported, left } = before.counts;
    expect(left).toBeGreaterThan(6);
    await list(page).getByText(`已报 ${reported} · 还剩 ${left} · 截止 9月30日`).waitFor();
    expect(await page.locator('.todo-button').innerText()).toContain(String(left));

    // A click shows the site on the map, with its panel.
    const [first] = before.items;
    await rows(page).first().locator('.work-site').click();
    await page
      .locator('.site-panel')
      .getByRole('heading', { name: first?.name ?? '?' })
      .waitFor();
    await page.locator('.site-panel').getByRole('button', { name: '关闭' }).click();

    const monthly = ({ waitsFor, status }: WorkItem) => waitsFor === 'report' && status !== 'closed';
    // Those in works are left for the workbook.
    const owing = before.items.filter((item) => monthly(item) && item.status !== 'in_progress').slice(0, 5);
    // One has reported, another is closed and owes an aftercare check instead.
    const done = before.items.filter(({ waitsFor }) => waitsFor === 'nothing').slice(0, 1);
    const closed = before.items.filter((item) => item.waitsFor === 'report' && !monthly(item)).slice(0, 1);
    await choose(page, [...owing, ...done, ...closed]);
    await page.getByRole('button', { name: '本期无进展 5', exact: true }).click();
    await drawer(page).getByText('不能办理 2 座').waitFor();
    await drawer(page).getByRole('button', { name: '办理 5 座' }).click();
    await drawer(page).getByText('请填写。').waitFor();
    await drawer(page).getByRole('button', { name: '雨季停工' }).click();
    await expectWhole(page);
    await drawer(page).getByRole('button', { name: '办理 5 座' }).click();
    await drawer(page).getByText('已办理 5 座').waitFor();
    const [made] = await setsOf(page);
    expect(made).toMatchObject({ kind: 'no_progress', siteCount: 5 });
    for (const item of owing) {
      expect((await siteOf(page, item)).report?.answer).toEqual({ noProgressReason: '雨季停工' });
      expect((await lastEvent(page, item)).changeSetId).toBe(made?.id);
    }
    await drawer(page).locator('.set-result').getByRole('button', { name: '关闭' }).click();
    await list(page)
      .getByText(`已报 ${reported + 5} · 还剩 ${left - 5}`)
      .waitFor();
    expect(breaches).toEqual([]);
    await page.context().close();
  }, 120_000);

  it('takes a reviewer through the reports by keys, and the rest at once', async () => {
    const { page, breaches } = await openAs('xingguo-reviewer');
    await rows(page).first().waitFor();
    const reports = (await workOf(page)).items.filter(({ waitsFor }) => waitsFor === 'county_review');
    expect(reports.length).toBe(5);
    const [one, two, ...rest] = reports as [WorkItem, WorkItem, ...WorkItem[]];
    await list(page).getByRole('button', { name: '逐份审核 5 份' }).click();
    const title = (item: WorkItem) => drawer(page).getByRole('heading', { name: new RegExp(item.name) });
    await title(one).waitFor();
    await drawer(page).getByText('第 1 份,共 5 份').waitFor();
    await expect.poll(async () => (await siteOf(page, one)).report?.openedAt ?? null).not.toBeNull();
    await page.keyboard.press('j');
    await title(two).waitFor();
    await page.keyboard.press('k');
    await title(one).waitFor();
    await drawer(page).getByRole('button', { name: '审核通过' }).waitFor();
    await page.keyboard.press('a');
    // Accepted, the next one stands there.
    await title(two).waitFor();
    expect((await siteOf(page, one)).report?.state).toBe('county_passed');
    await expect.poll(async () => (await siteOf(page, two)).report?.openedAt ?? null).not.toBeNull();
    await page.keyboard.press('r');
    const reason = drawer(page).getByLabel('退回原因');
    await reason.waitFor();
    // What is typed is no wish.
    await reason.fill('');
    await reason.press('a');
    expect(await reason.inputValue()).toBe('a');
    await drawer(page).getByRole('button', { name: '缺少证明材料,请补充盖章文件' }).click();
    await drawer(page).getByRole('button', { name: '退回', exact: true }).click();
    await title(rest[0] as WorkItem).waitFor();
    expect((await siteOf(page, two)).report).toMatchObject({
      state: 'returned',
      returnReason: '缺少证明材料,请补充盖章文件',
    });
    await page.keyboard.press('Escape');

    await choose(page, rest);
    await page.getByRole('button', { name: '审核通过 3' }).click();
    await drawer(page).getByRole('button', { name: '办理 3 座' }).click();
    await drawer(page).getByText('已办理 3 座').waitFor();
    for (const item of rest) expect((await siteOf(page, item)).report?.state).toBe('county_passed');
    expect(breaches).toEqual([]);
    await page.context().close();

    const editor = await openAs('xingguo-editor');
    const returned = rows(editor.page).first();
    await returned.getByText('退回:缺少证明材料,请补充盖章文件').waitFor();
    await returned.getByRole('button', { name: '重新报送' }).waitFor();
    await editor.page.context().close();
  }, 120_000);

  it('accepts 20 sites under one 文号 with one document, puts them up for public notice, closes them, and undoes', async () => {
    const { page, breaches } = await openAs('city');
    await rows(page).first().waitFor();
    const twenty = (await workOf(page)).items
      .filter(({ steps }) => steps.includes('city_accepted'))
      .slice(0, 20);
    expect(twenty.length).toBe(20);
    await list(page).getByRole('button', { name: '全部列出' }).click();

    await choose(page, twenty);
    await page.getByRole('button', { name: '市级验收 20' }).click();
    await drawer(page).getByRole('button', { name: '办理 20 座' }).click();
    await drawer(page).getByText('请填写。').first().waitFor();
    await drawer(page).getByLabel('验收文号').fill('赣市自然资验〔2025〕9号');
    await drawer(page).getByLabel('名单文件').setInputFiles({
      name: '验收名单.pdf',
      mimeType: 'application/pdf',
      buffer: pdf,
    });
    await drawer(page).getByText('验收名单.pdf').waitFor();
    await drawer(page).getByRole('button', { name: '办理 20 座' }).click();
    await drawer(page).getByText('已办理 20 座').waitFor();
    await drawer(page).locator('.set-result').getByRole('button', { name: '关闭' }).click();
    const [accepted] = await setsOf(page);
    expect(accepted).toMatchObject({ siteCount: 20, documentNumber: '赣市自然资验〔2025〕9号' });
    expect(accepted?.documents.map(({ fileName }) => fileName)).toEqual(['验收名单.pdf']);
    for (const item of twenty) {
      expect((await siteOf(page, item)).state).toMatchObject({
        status: 'city_accepted',
        acceptanceDocument: '赣市自然资验〔2025〕9号',
      });
    }

    await choose(page, twenty);
    await page.getByRole('button', { name: '公示 20' }).click();
    await drawer(page).getByLabel('公示开始').fill('2025-09-10');
    await drawer(page).getByLabel('公示结束').fill('2025-09-01');
    await drawer(page).getByText('早于公示开始').waitFor();
    await drawer(page).getByLabel('公示结束').fill('2025-09-20');
    await drawer(page).getByLabel('公示地点').fill('市局网站');
    await drawer(page).getByLabel('异议情况').fill('无异议');
    await drawer(page).getByRole('button', { name: '办理 20 座' }).click();
    await drawer(page).getByText('已办理 20 座').waitFor();
    await drawer(page).locator('.set-result').getByRole('button', { name: '关闭' }).click();

    await choose(page, twenty);
    await page.getByRole('button', { name: '销号 20' }).click();
    await drawer(page).getByLabel('销号清单文号').fill('赣市自然资销〔2025〕3号');
    await drawer(page).getByRole('button', { name: '办理 20 座' }).click();
    await drawer(page).getByText('已办理 20 座').waitFor();
    for (const item of twenty) expect((await siteOf(page, item)).state.status).toBe('closed');
    await drawer(page).locator('.set-result').getByRole('button', { name: '关闭' }).click();

    await list(page).getByText('成批记录').click();
    const newest = page.locator('.set-line').first();
    await newest.getByRole('button', { name: '撤销', exact: true }).click();
    await newest.getByLabel('撤销原因').fill('清单有误');
    await newest.getByRole('button', { name: '撤销', exact: true }).click();
    await page.locator('.set-line-undone').first().waitFor();
    for (const item of twenty) expect((await siteOf(page, item)).state.status).toBe('public_notice');
    expect((await lastEvent(page, twenty[0] as WorkItem)).reason).toContain('清单有误');
    await expectWhole(page);
    expect(breaches).toEqual([]);
    await page.context().close();
  }, 240_000);

  it('sends a month as a workbook: fetched, filled, looked at with errors at their cells, applied, undone', async () => {
    const { page, breaches } = await openAs('xingguo-editor');
    await rows(page).first().waitFor();
    const owing = (await workOf(page)).items.filter(
      ({ waitsFor, status }) => waitsFor === 'report' && status === 'in_progress',
    );
    const site = owing[0] as WorkItem;
    const standing = (await siteOf(page, site)).state;
    await list(page).getByText('填报表').click();
    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: '下载填报表' }).click();
    const path = join(folder, 'month.xlsx');
    await (await downloading).saveAs(path);

    const percent = Number(standing.progressPercent) + 1;
    const fill = async (value: number, to: string) => {
      const book = new ExcelJS.Workbook();
      await book.xlsx.readFile(path);
      const sheet = book.worksheets.find(({ state }) => state === 'visible');
      if (sheet === undefined) throw new Error('no sheet to fill in');
      const cell = (row: number, column: number) => sheet.getRow(row).getCell(column);
      const at = { row: 0, head: 0, percent: 0 };
      sheet.eachRow((row, number) => {
        row.eachCell(({ text }, column) => {
          if (text === '形象进度(%)') Object.assign(at, { head: number, percent: column });
          if (text === site.code) at.row = number;
        });
      });
      expect(at.row).toBeGreaterThan(at.head);
      cell(at.row, at.percent).value = value;
      await book.xlsx.writeFile(join(folder, to));
      return cell(at.row, at.percent).address;
    };
    const address = await fill(150, 'wrong.xlsx');
    const input = page.locator('.workbook-choice input[type=file]');
    await input.setInputFiles(join(folder, 'wrong.xlsx'));
    await page.locator('.workbook-problems').getByText(address, { exact: true }).waitFor();
    await expectWhole(page);
    expect(await page.getByRole('button', { name: /^应用/ }).count()).toBe(0);

    await fill(percent, 'right.xlsx');
    await input.setInputFiles(join(folder, 'right.xlsx'));
    const preview = page.getByRole('region', { name: '核对结果' });
    await preview.getByText(site.name).waitFor();
    expect(await preview.locator('tr', { hasText: '形象进度' }).innerText()).toContain(`${percent}%`);
    expect((await siteOf(page, site)).report).toBeNull();
    await preview.getByRole('button', { name: '应用 1 座' }).click();
    await page.getByText('已办理 1 座').waitFor();
    expect((await siteOf(page, site)).report?.answer.progressPercent).toBe(percent);

    await page.getByRole('button', { name: '撤销', exact: true }).click();
    await page.getByLabel('撤销原因').fill('填错了');
    await page.getByRole('button', { name: '撤销', exact: true }).click();
    await page.getByText('已撤销,1 座矿山').waitFor();
    expect((await workOf(page)).items.find(({ code }) => code === site.code)?.waitsFor).toBe('report');
    expect(breaches).toEqual([]);
    await page.context().close();
  }, 120_000);

  it('lets the administrator add an account, who signs in with the password shown once', async () => {
    const { page, breaches } = await openAs('admin', { path: '?tab=admin' });
    await page.getByRole('button', { name: '添加账号' }).click();
    await drawer(page).getByRole('button', { name: '保存' }).click();
    await drawer(page).getByText('至少选一个。').waitFor();
    await drawer(page).getByLabel('用户名').fill('Ningdu-Editor');
    await drawer(page).getByLabel('姓名').fill('宁都 李某');
    await drawer(page).getByLabel('宁都县', { exact: true }).check();
    await expectWhole(page);
    await drawer(page).getByRole('button', { name: '保存' }).click();
    const issued = page.getByRole('dialog', { name: '初始密码' });
    await issued.waitFor();
    const [username = '', password = ''] = await issued.locator('code').allInnerTexts();
    expect(username).toBe('ningdu-editor');
    await issued.getByRole('button', { name: '已交给本人,关闭' }).click();
    const row = page.locator('.account-table tbody tr', { hasText: 'ningdu-editor' });
    expect(await row.innerText()).toContain('宁都县');

    const other = await openPage(mapless, app.url, { bypassCSP: true });
    await other.page.goto(app.url);
    await other.page.getByRole('button', { name: /登录/ }).click();
    await other.page.getByLabel('用户名').fill(username);
    await other.page.getByLabel('密码', { exact: true }).fill(password);
    await other.page.getByRole('dialog').getByRole('button', { name: '登录', exact: true }).click();
    const own = `Own-${password}`;
    await other.page.getByLabel('当前密码').fill(password);
    await other.page.getByLabel('新密码', { exact: true }).fill(own);
    await other.page.getByLabel('再输一次新密码').fill(own);
    await other.page.getByRole('dialog').getByRole('button', { name: '修改密码' }).click();
    // Signed in, the work of 宁都县 is there, and nothing else is.
    await rows(other.page).first().waitFor();
    const units = new Set((await workOf(other.page)).items.map(({ unit }) => unit.code));
    expect([...units]).toEqual(['360730']);
    expect(await other.page.getByRole('button', { name: '系统管理' }).count()).toBe(0);

    await page.getByText('操作日志', { exact: true }).click();
    const entry = page.locator('.audit-table tbody tr', { hasText: 'ningdu-editor' });
    await entry.filter({ hasText: '添加账号' }).waitFor();
    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: '导出 CSV' }).click();
    expect((await downloading).suggestedFilename()).toBe('lantu-audit.csv');

    await page.getByText('免登录查看', { exact: true }).click();
    await page.getByRole('combobox', { name: '湿地公园:不登录能否查看' }).click();
    await page.locator('.ant-select-item-option', { hasText: '须登录' }).click();
    await page.locator('tr', { hasText: '湿地公园' }).locator('.state-mark', { hasText: '须登录' }).waitFor();
    const anonymous = await fetch(`${app.url}/ogc/collections/wetland_parks/items?limit=1`);
    expect(anonymous.status).toBe(401);

    await page.getByText('账号', { exact: true }).first().click();
    await row.getByRole('button', { name: '停用' }).click();
    await page.locator('.ant-popconfirm').getByRole('button', { name: '停用' }).click();
    await row.getByText('已停用').waitFor();
    const ended = await other.page.request.get(`${app.url}/api/work-list`);
    expect(ended.status()).toBe(401);
    expect(breaches).toEqual([]);
    await page.context().close();
    await other.page.context().close();
  }, 120_000);

  describe.each(sizes)('at $width × $height', (size) => {
    const offices = ['xingguo-editor', 'city'];
    let work: WatchedPage[];
    let admin: WatchedPage;
    beforeAll(async () => {
      work = await Promise.all(offices.map((username) => openAs(username, { size, withMap: true })));
      admin = await openAs('admin', { path: '?tab=admin', size, withMap: true });
    });
    afterAll(async () => {
      for (const { page } of [...work, admin]) await page.context().close();
    });

    async function speak(page: Page, lang: string): Promise<void> {
      if ((await page.locator('html').getAttribute('lang')) === lang) return;
      await page.locator('.language-button').click();
      await page.locator(`html[lang="${lang}"]`).waitFor();
    }

    it.each(['zh-CN', 'en'])('is whole and accessible in %s', async (lang) => {
      for (const { page, breaches } of work) {
        await rows(page).first().waitFor();
        await speak(page, lang);
        await expectWhole(page);
        if (size.width < 500) {
          const low = await page
            .locator('.work-buttons .ant-btn')
            .evaluateAll(
              (buttons) => buttons.filter((button) => button.getBoundingClientRect().height < 44).length,
            );
          expect(low).toBe(0);
        }
        expect(breaches).toEqual([]);
      }
      const { page, breaches } = admin;
      const part = (index: number) => page.locator('.data-head .ant-segmented-item').nth(index);
      await part(0).click();
      await page.locator('.account-table').waitFor();
      await speak(page, lang);
      await expectWhole(page);
      await part(2).click();
      await page.locator('.audit-table').waitFor();
      await expectWhole(page);
      expect(breaches).toEqual([]);
    }, 120_000);
  });
});
