/** Signing in, choosing a password of one's own, signing out, and the top bar of every account, in a real browser. */
import { spawnSync } from 'node:child_process';
import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { projectDir, type StartedApp, startApp } from '../started-app.ts';
import { chromiumPath, launchChromium, openPage } from './chromium.ts';
import { signInPage } from './sign-in-page.ts';

const languages = [
  { query: '', lang: 'zh-CN', title: '览图' },
  { query: '?lang=en', lang: 'en', title: 'Lantu' },
];
const bars = ['anonymous', 'xingguo-editor', 'admin'].flatMap((account) =>
  languages.map((language) => ({ account, ...language })),
);

describe.skipIf(chromiumPath === undefined)('an account on the screen', () => {
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

  /** As the operator types it beside the running service. */
  function resetPassword(username: string): string {
    const { stdout } = spawnSync(
      'npm',
      ['run', '--silent', 'account', '--', 'reset', username, '--lang', 'en'],
      {
        cwd: projectDir,
        env: { ...process.env, LANTU_DATA_DIR: app.dataDir, DATABASE_URL: '' },
        encoding: 'utf8',
      },
    );
    return /sign-in\): (\S+)/.exec(stdout)?.[1] ?? stdout;
  }

  it('signs in, must choose its own password first, and signs out everywhere', async () => {
    const given = resetPassword('viewer');
    const { page, breaches } = await openPage(browser, app.url, { bypassCSP: true });
    await page.goto(`${app.url}/`);
    await page.getByRole('button', { name: '匿名: 登录' }).click();
    await page.getByLabel('用户名', { exact: true }).fill('viewer');
    await page.getByLabel('密码', { exact: true }).fill('not-the-password');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: '用户名或密码不对' }).waitFor();
    await page.getByLabel('密码', { exact: true }).fill(given);
    await page.keyboard.press('Enter');

    const dialog = page.getByRole('dialog', { name: '修改密码' });
    await dialog.getByText('您的密码是临时的').waitFor();
    await page.keyboard.press('Escape');
    expect(await dialog.getByRole('button', { name: 'Close' }).count()).toBe(0);
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() =>
      (window as unknown as { axe: typeof axe }).axe.run('.account-form', { resultTypes: ['violations'] }),
    );
    expect(violations.map(({ id }) => id)).toEqual([]);
    const change = async (next: string, again: string): Promise<void> => {
      await dialog.getByLabel('当前密码').fill(given);
      await dialog.getByLabel('新密码', { exact: true }).fill(next);
      await dialog.getByLabel('再输一次新密码').fill(again);
      await page.keyboard.press('Enter');
    };
    await change('short', 'short');
    await dialog.getByRole('alert').filter({ hasText: '至少 10 个字符' }).waitFor();
    await change('Fresh-Words-77', 'Fresh-Words-78');
    await dialog.getByRole('alert').filter({ hasText: '不一致' }).waitFor();
    await change('Fresh-Words-77', 'Fresh-Words-77');
    await dialog.waitFor({ state: 'hidden' });

    await page.getByRole('button', { name: '查看(示意):账户菜单' }).click();
    await page.getByText('viewer · 查看').waitFor();
    await page.getByRole('button', { name: '退出所有设备' }).click();
    await page.getByRole('button', { name: '匿名: 登录' }).waitFor();
    // The wrong password is answered by 401, and what is asked before the change by 403.
    expect(breaches.filter((line) => !/status of 40[13]/.test(line))).toEqual([]);
    await page.context().close();
  });

  it.each(
    bars,
  )('keeps the top bar of $account within reach on small desks and under 200 % zoom, in $lang', async ({
    account,
    query,
    title,
  }) => {
    const { page } = await openPage(browser, app.url);
    if (account !== 'anonymous') await signInPage(page, app, account);
    for (const viewport of [
      { width: 1024, height: 768 },
      { width: 720, height: 450 },
    ]) {
      await page.setViewportSize(viewport);
      await page.goto(`${app.url}/${query}`);
      await page.locator('.date-chip').waitFor();
      if (account !== 'anonymous') await page.locator('.user-button-signed').waitFor();
      const { hidden, brand } = await page.evaluate(() => {
        const bar = document.querySelector('.top-bar')?.getBoundingClientRect();
        const controls = [...document.querySelectorAll('.top-bar button, .top-bar input')];
        const name = document.querySelector('.brand');
        return {
          hidden: controls
            .map((control) => ({ text: control.textContent, box: control.getBoundingClientRect() }))
            .filter(({ box }) => box.right > window.innerWidth || box.bottom > (bar?.bottom ?? 0))
            .map(({ text }) => text),
          brand: { text: name?.textContent, isCut: name !== null && name.scrollWidth > name.clientWidth },
        };
      });
      expect(hidden).toEqual([]);
      expect(brand).toEqual({ text: expect.stringContaining(title), isCut: false });
    }
    await page.context().close();
  });
});
