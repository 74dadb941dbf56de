/** For every browser test: a request to any other origin fails it, and a failure tells what stood on the pages. */
import { afterEach, expect } from 'vitest';
import { foreignRequests, openedPages } from './chromium.ts';

afterEach(async ({ task }) => {
  const open = openedPages.splice(0).filter((page) => !page.isClosed());
  openedPages.push(...open);
  if (task.result?.state === 'fail') {
    for (const page of open) {
      const seen = await page.locator('body').ariaSnapshot({ timeout: 10_000 }).catch(String);
      console.error(`${task.name}: on ${page.url()}\n${seen.slice(0, 12_000)}`);
    }
  }
  expect(foreignRequests.splice(0), 'requests to another origin').toEqual([]);
});
