/** A bureau's own file over the sample, as a person does it: the command beside the running server, then a look at the map. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { redLineRows, redLineShapefile, writeGbkZip, zone38Prj } from '../fixtures/imports/deliveries.ts';
import { projectDir, type StartedApp, startApp } from '../started-app.ts';
import { chromiumPath, launchChromium, mapIdle, openPage } from './chromium.ts';
import { signInPage } from './sign-in-page.ts';

describe.skipIf(chromiumPath === undefined)('a GBK shapefile in zone 38', () => {
  let app: StartedApp;
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lantu-browser-import-'));
    app = await startApp({ copyOf: inject('sampleDir') });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
    await rm(folder, { recursive: true, force: true });
  });

  function typeImport(...words: string[]): { status: number | null; output: string } {
    const result = spawnSync('npm', ['run', '--silent', 'import', '--', ...words, '--lang', 'zh'], {
      cwd: projectDir,
      env: { ...process.env, LANTU_DATA_DIR: app.dataDir, DATABASE_URL: '' },
      encoding: 'utf8',
    });
    return { status: result.status, output: result.stdout + result.stderr };
  }

  it('replaces the sample and is seen in its place, with its names, no longer marked as sample', async () => {
    const bytes = redLineShapefile();
    const file = await writeGbkZip(folder, '红线.zip', { bytes, prj: zone38Prj, cpg: 'GBK' });
    const refused = typeImport(file, '--layer', 'ecological_red_lines');
    expect(refused.status).toBe(1);
    expect(refused.output).toContain('--classification');
    const about = ['--as-of', '2025-12-31', '--classification', 'internal'];
    const done = typeImport(file, '--layer', 'ecological_red_lines', ...about);
    expect(done.output).toContain('EPSG:4526');
    expect(done.status).toBe(0);

    for (const { code, name, at } of redLineRows) {
      const { page, breaches } = await openPage(browser, app.url);
      const others =
        'mine_sites,mine_patches,protected_areas,wetland_parks,biodiversity_corridors,counties,rivers';
      // Official data is closed to whoever has not signed in.
      await signInPage(page, app, 'viewer');
      await page.goto(`${app.url}/?view=${at.join(',')},13&off=${others}`);
      await mapIdle(page);
      // Signed in, the page fetches the layer it could not read before.
      await page.getByRole('button', { name: '查看(示意):账户菜单' }).waitFor();
      const box = await page.locator('canvas.maplibregl-canvas').boundingBox();
      if (box === null) throw new Error('no map');
      const popup = page.getByRole('dialog', { name });
      await expect
        .poll(
          async () => {
            await mapIdle(page);
            await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
            return await popup.isVisible();
          },
          { timeout: 30_000, interval: 500 },
        )
        .toBe(true);
      await popup.getByText('红线.zip').first().waitFor();
      const text = (await popup.textContent()) ?? '';
      expect(text).toContain(code);
      expect(text).toContain('红线.zip · 2025-12-31');
      expect(text).not.toContain('示意数据');
      expect(breaches).toEqual([]);
      await page.context().close();
    }
  });
});
