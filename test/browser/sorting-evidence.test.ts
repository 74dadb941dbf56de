/** Evidence of many sites sent at once: sorted by the codes in names, the rest given a site by hand; in a real browser. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { AttachmentList } from '../../geodata/contract/attachments.ts';
import type { WorkList } from '../../geodata/contract/work-list.ts';
import { makePhoto } from '../evidence/pictures.ts';
import { zipBytes } from '../fixtures/imports/zip-bytes.ts';
import { type StartedApp, startApp } from '../started-app.ts';
import { chromiumPath, launchChromium, openPage } from './chromium.ts';
import { expectWhole } from './expect-whole.ts';
import { signInPage } from './sign-in-page.ts';

describe.skipIf(chromiumPath === undefined)('evidence of many sites', () => {
  let app: StartedApp;
  /** Draws no map, which none of this needs: what the processor would draw is time the tests wait. */
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    app = await startApp({ copyOf: inject('sampleDir') });
    browser = await launchChromium({ webgl: false });
    folder = await mkdtemp(join(tmpdir(), 'lantu-sorting-'));
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('goes to the sites its names tell, out of files, folders and a zip, and by hand where they tell none', {
    timeout: 240_000,
  }, async () => {
    const { page, breaches } = await openPage(browser, app.url, { bypassCSP: true });
    await signInPage(page, app, 'xingguo-editor');
    await page.goto(app.url);
    const panel = page.locator('.work-panel');
    await page.locator('.work-row').first().waitFor();
    const { items, period } = (await (await page.request.get(`${app.url}/api/work-list`)).json()) as WorkList;
    const [one, two, three, four] = items.map(({ code }) => code) as [string, string, string, string];
    const namesAt = async (code: string) => {
      const answer = await page.request.get(`${app.url}/api/mine-sites/${code}/attachments`);
      const { attachments } = (await answer.json()) as AttachmentList;
      return attachments.map(({ fileName, period: of, moment }) => [fileName, of, moment]);
    };
    await panel.getByText('材料', { exact: true }).click();
    await panel.getByText('修复后', { exact: true }).click();
    const jpeg = (seed: string) => makePhoto({ seed });
    await panel.getByLabel('选择文件或 zip').setInputFiles([
      { name: `${one} 全景.jpg`, mimeType: 'image/jpeg', buffer: await jpeg('one') },
      { name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer: await jpeg('none') },
      { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('x') },
      {
        name: '九月.zip',
        mimeType: 'application/zip',
        buffer: zipBytes([{ name: `${two}/近景.jpg`, data: await jpeg('two') }]),
      },
    ]);
    await panel.getByText('notes.txt: 不是照片').waitFor();
    await panel.getByText('1 个文件没有认出矿山,请指定').first().waitFor();
    await expect.poll(() => namesAt(one)).toEqual([[`${one} 全景.jpg`, period, 'after']]);
    await expect.poll(() => namesAt(two)).toEqual([['近景.jpg', period, 'after']]);

    const chosen = join(folder, four);
    await mkdir(chosen);
    await writeFile(join(chosen, 'IMG_0002.jpg'), await jpeg('four'));
    await writeFile(join(chosen, 'Thumbs.db'), 'x');
    await panel.getByLabel('选择文件夹').setInputFiles(chosen);
    await expect.poll(() => namesAt(four)).toEqual([[`${four}_IMG_0002.jpg`, period, 'after']]);
    expect(await panel.getByText('Thumbs.db').count()).toBe(0);

    await expectWhole(page);
    await panel.getByRole('combobox', { name: 'IMG_0001.jpg 属于哪座矿山' }).fill(three);
    await page.locator('.ant-select-item-option', { hasText: three }).click();
    await expect.poll(() => namesAt(three)).toEqual([['IMG_0001.jpg', period, 'after']]);
    await panel.getByText('个文件没有认出矿山,请指定').first().waitFor({ state: 'detached' });
    await panel.getByRole('button', { name: '清除已完成的' }).click();
    expect(await panel.locator('.upload-list li').count()).toBe(0);
    expect(breaches).toEqual([]);
    await page.context().close();
  });
});
