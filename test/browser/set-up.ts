/** For every browser test: a request to any other origin fails it, whatever else it looks at. */
import { afterEach, expect } from 'vitest';
import { foreignRequests } from './chromium.ts';

afterEach(() => {
  expect(foreignRequests.splice(0), 'requests to another origin').toEqual([]);
});
