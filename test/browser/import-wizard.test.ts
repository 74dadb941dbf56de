/** 入库 from the screen as an administrator does it, with files as bureaus deliver them, in a real browser. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import {
  project,
  redLineRows,
  redLineShapefile,
  ringAround,
  writeGbkZip,
} from '../fixtures/imports/deliveries.ts';
import { type StartedApp, samplePassword, startApp } from '../started-app.ts';
import { chromiumPath, launchChromium, mapIdle, openPage, type WatchedPage } from './chromium.ts';
import { signInPage } from './sign-in-page.ts';

describe.skipIf(chromiumPath === undefined)('the import wizard', () => {
  let app: StartedApp;
  let browser: Browser;
  let folder: string;
  /** Kept over a restart of the program. */
  let dataDir: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lantu-browser-wizard-'));
    dataDir = await mkdtemp(join(tmpdir(), 'lantu-browser-wizard-data-'));
    app = await startApp({ dataDir, copyOf: inject('sampleDir') });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
    await rm(folder, { recursive: true, force: true });
    await rm(dataDir, { recursive: true, force: true });
  });

  /** A page of the administrator, with a session as the dialog would give it. */
  async function openSignedIn(query = '?tab=data'): Promise<WatchedPage> {
    const watched = await openPage(browser, app.url, { bypassCSP: true });
    await signInPage(watched.page, app, 'admin');
    await watched.page.goto(`${app.url}/${query}`);
    await watched.page.getByRole('button', { name: '管理员:账户菜单' }).waitFor();
    return watched;
  }

  /** From an empty wizard to the pre-check of the file. */
  async function upload(page: Page, file: string): Promise<void> {
    await page.getByRole('button', { name: '入库文件' }).click();
    await page.setInputFiles('input[type=file]', file);
    await page.getByRole('button', { name: '上传并预检' }).click();
    await page.getByRole('heading', { name: '这是什么' }).waitFor();
  }

  async function chooseZone38(page: Page): Promise<void> {
    expect(await page.getByRole('button', { name: '下一步' }).isDisabled()).toBe(true);
    await page.getByRole('radio', { name: /EPSG:4526/ }).check();
    await page.getByRole('img', { name: /范围示意图/ }).waitFor();
  }

  async function expectAccessible(page: Page): Promise<void> {
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() =>
      (window as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] }),
    );
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  }

  /** Of the five tiles 新增, 更新, 移除, 已修复, 不合格. */
  async function counts(page: Page): Promise<string> {
    await page.locator('.report-counts').waitFor();
    return (await page.locator('.report-counts').innerText()).replaceAll(/\s+/g, ' ');
  }

  it('tells who has not signed in why nothing can be imported, and refuses a wrong password', async () => {
    const { page } = await openPage(browser, app.url);
    await page.goto(`${app.url}/?tab=data&import=new`);
    await page.getByText('只有管理员可以入库').waitFor();
    expect(await page.locator('input[type=file]').count()).toBe(0);
    await page.locator('.import-page').getByRole('button', { name: '登录' }).click();
    await page.getByLabel('用户名', { exact: true }).fill('admin');
    await page.getByLabel('密码', { exact: true }).fill('not-the-password');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: '用户名或密码不对' }).waitFor();
    await page.context().close();
  });

  it('says which rows are bad and imports the others only when told so; a cancelled import leaves no trace', async () => {
    const bowTie = ([lng, lat]: readonly [number, number]) =>
      project(4526, [
        [lng - 0.01, lat - 0.01],
        [lng + 0.01, lat + 0.01],
        [lng + 0.01, lat - 0.01],
        [lng - 0.01, lat + 0.01],
        [lng - 0.01, lat - 0.01],
      ]);
    const rings = redLineRows.map(({ at }, index) =>
      index === 1 ? [bowTie(at)] : [project(4526, ringAround(at[0], at[1]))],
    );
    const file = await writeGbkZip(folder, '有错.zip', { bytes: redLineShapefile({ rings }) });
    const { page, breaches } = await openSignedIn();
    await upload(page, file);
    await chooseZone38(page);
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByRole('button', { name: '检查数据' }).click();
    await page.getByText('请选择密级。').waitFor();
    await page.getByRole('radio', { name: '工作秘密(内部)' }).check();
    await page.getByRole('button', { name: '检查数据' }).click();
    expect(await counts(page)).toMatch(/不合格 1$/);
    const bad = page.getByRole('list', { name: /不合格的行/ }).getByRole('listitem');
    expect(await bad.innerText()).toContain(redLineRows[1].code);
    const start = page.getByRole('button', { name: '入库', exact: true });
    expect(await start.isDisabled()).toBe(true);
    await page.getByRole('checkbox', { name: /跳过不合格的 1 行/ }).check();
    expect(await start.isEnabled()).toBe(true);
    await expectAccessible(page);

    const address = page.url();
    await page.getByRole('button', { name: '取消入库' }).click();
    await page.getByRole('tooltip').getByRole('button', { name: '取消入库' }).click();
    await page.getByRole('button', { name: '上传并预检' }).waitFor();
    const { layers } = (await (await fetch(`${app.url}/api/catalogue`)).json()) as {
      layers: { definition: { id: string }; datasets: { kind: string }[] }[];
    };
    const redLines = layers.find(({ definition }) => definition.id === 'ecological_red_lines');
    expect(redLines?.datasets.map(({ kind }) => kind)).toEqual(['sample']);

    // The browser itself notes the 404 of the job that is gone.
    expect(breaches).toEqual([]);
    await page.goto(address);
    await page.getByText('找不到这次入库').waitFor();
    await page.context().close();
  });

  it('brings a GBK shapefile without .prj onto the map, closes the layer, and takes it back', async () => {
    const file = await writeGbkZip(folder, '定南红线.zip', { bytes: redLineShapefile() });
    const { page, breaches } = await openSignedIn();
    await upload(page, file);
    await page.getByText('坐标系未定').waitFor();
    // Decoded as GBK, a rare character among them.
    await page.getByRole('cell', { name: '岿美山水源涵养红线' }).waitFor();
    await chooseZone38(page);
    await expectAccessible(page);
    await page.getByRole('button', { name: '下一步' }).click();

    const nameRow = page.getByRole('row', { name: /^名称/ });
    expect(await nameRow.innerText()).toContain('岿美山水源涵养红线');
    await page.getByRole('button', { name: '存为方案' }).click();
    await page.getByLabel('方案名称').fill('定南红线');
    await page.keyboard.press('Enter');
    await page.getByText('已存为方案“定南红线”。').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByRole('radio', { name: '工作秘密(内部)' }).check();

    // Another tab, or this one after a reload, finds the job where it is.
    await page.reload();
    await page.getByRole('heading', { name: '资料信息' }).waitFor();
    await page.getByRole('radio', { name: '工作秘密(内部)' }).check();
    await page.getByRole('button', { name: '检查数据' }).click();
    expect(await counts(page)).toMatch(/^新增 3 更新 0 移除 \d+ 已修复 0 不合格 0$/);
    await page.getByText('生态保护红线的匿名查看将关闭').waitFor();
    await page.getByRole('button', { name: '入库', exact: true }).click();
    await page.getByRole('heading', { name: '已入库 3 个到生态保护红线' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: '在地图上查看' }).click();
    await mapIdle(page);
    const panel = page.locator('.layer-row', { has: page.getByRole('switch', { name: '显示生态保护红线' }) });
    expect(await panel.locator('.layer-count').innerText()).toBe('3');
    const view = new URL(page.url()).searchParams.get('view')?.split(',').map(Number) ?? [];
    expect(view[0]).toBeGreaterThan(114.5);
    expect(view[0]).toBeLessThan(116.5);
    expect(breaches).toEqual([]);

    // Whoever has not signed in sees that there is something, and nothing of it.
    const { page: stranger, breaches: strange } = await openPage(browser, app.url);
    const asked: string[] = [];
    stranger.on('request', (request) => asked.push(request.url()));
    await stranger.goto(`${app.url}/`);
    await mapIdle(stranger);
    const closed = stranger.locator('.layer-row', {
      has: stranger.getByRole('switch', { name: '显示生态保护红线' }),
    });
    expect(await closed.innerText()).toContain('需登录');
    expect(await stranger.getByRole('switch', { name: '显示生态保护红线' }).isDisabled()).toBe(true);
    expect(asked.filter((url) => url.includes('collections/ecological_red_lines'))).toEqual([]);
    expect(strange).toEqual([]);
    await stranger.context().close();

    // Signing out closes the layer on the open page, signing in opens it again: nothing is loaded anew by hand.
    await page.getByRole('button', { name: '管理员:账户菜单' }).click();
    await page.getByRole('button', { name: '退出', exact: true }).click();
    await panel.getByText('需登录').waitFor();
    await page.getByRole('button', { name: '匿名: 登录' }).click();
    await page.getByLabel('用户名', { exact: true }).fill('admin');
    await page.getByLabel('密码', { exact: true }).fill(await samplePassword(app, 'admin'));
    await page.keyboard.press('Enter');
    await panel.locator('.layer-count', { hasText: /^3$/ }).waitFor();
    expect(breaches).toEqual([]);

    await page.getByRole('button', { name: '数据管理' }).click();
    const history = page.getByRole('region', { name: '入库记录' });
    expect(await history.getByRole('row').nth(1).innerText()).toContain('现行');
    await history.getByRole('button', { name: '撤回' }).click();
    await page.getByRole('tooltip').getByRole('button', { name: '撤回' }).click();
    await history.getByText('已撤回', { exact: true }).waitFor();
    await page.getByRole('button', { name: '一张图' }).click();
    await page.waitForFunction(
      () => !document.querySelector('.layer-panel')?.textContent?.includes('需登录'),
    );
    expect(Number((await panel.locator('.layer-count').innerText()).replaceAll(',', ''))).toBeGreaterThan(3);
    expect(breaches).toEqual([]);
    await page.context().close();
  });

  it('says so after a restart, and starts over', async () => {
    const file = await writeGbkZip(folder, '重启.zip', { bytes: redLineShapefile() });
    const { page } = await openSignedIn();
    await upload(page, file);
    await app.stop();
    app = await startApp({ dataDir, environment: { PORT: new URL(app.url).port } });
    // The session is in the database and lasts; the job was in the memory of the process.
    await page.getByText('找不到这次入库').waitFor({ timeout: 40_000 });
    await page.getByRole('button', { name: '重新选择文件' }).click();
    await page.getByText('上传并预检').waitFor();
    await page.context().close();
  });
});
