/** One product, started as README does with an empty data folder, for all browser tests that only look. */
import type { TestProject } from 'vitest/node';
import { startApp } from '../started-app.ts';
import { chromiumPath } from './chromium.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the running product; '' where no browser is installed. */
    appUrl: string;
  }
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  if (chromiumPath === undefined) {
    if (process.env.CI) throw new Error('Chromium is missing: in CI no browser test is left out');
    console.log('Browser tests are left out: Chromium is not installed.');
    project.provide('appUrl', '');
    return async () => {};
  }
  const app = await startApp();
  project.provide('appUrl', app.url);
  return async () => {
    await app.stop();
  };
}
