/**
 * One product, started as README does with an empty data folder, for all browser tests that only look; those that
 * write start on a copy of what the first start made.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startApp } from '../started-app.ts';
import { chromiumPath } from './chromium.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the running product; '' where no browser is installed. */
    appUrl: string;
    /** Data folder of a stopped product with its sample, for `startApp({ copyOf })`. */
    sampleDir: string;
  }
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  if (chromiumPath === undefined) {
    if (process.env.CI) throw new Error('Chromium is missing: in CI no browser test is left out');
    console.log('Browser tests are left out: Chromium is not installed.');
    project.provide('appUrl', '');
    project.provide('sampleDir', '');
    return async () => {};
  }
  const sampleDir = await mkdtemp(join(tmpdir(), 'lantu-browser-sample-'));
  await (await startApp({ dataDir: sampleDir })).stop();
  const app = await startApp({ copyOf: sampleDir });
  project.provide('appUrl', app.url);
  project.provide('sampleDir', sampleDir);
  return async () => {
    await app.stop();
    await rm(sampleDir, { recursive: true, force: true });
  };
}
