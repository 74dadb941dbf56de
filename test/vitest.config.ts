/**
 * Four projects: `pure` needs no database, `db` and `api` get both engines from engines/global-set-up.ts,
 * `browser` drives a real Chromium. One of them: npm test -- --project pure
 */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { serviceV8Flags } from './v8-flags.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Of all but the browser, so that they run as one group and no processor waits for the last file of a project. */
const sideBySide = {
  execArgv: serviceV8Flags,
  // What hangs fails all the same; what is only slow, on a machine with other work, does not.
  testTimeout: 90_000,
  hookTimeout: 240_000,
  // An embedded engine is one busy thread with 0.9 GB: more of them at once only wait for each other.
  maxWorkers: 2,
};
const onDatabases = { ...sideBySide, globalSetup: ['test/engines/global-set-up.ts'] };
const databaseTests = [
  'test/db/**/*.test.ts',
  'test/imports/**/*.test.ts',
  'test/exports/**/*.test.ts',
  'test/cli/**/*.test.ts',
  'test/remediation/**/*.test.ts',
  'test/workbooks/**/*.test.ts',
  'test/sheets/data/**/*.test.ts',
];
const apiTests = ['test/api/**/*.test.ts', 'test/features/**/*.test.ts'];
const browserTests = ['test/browser/**/*.test.ts'];

export default defineConfig({
  root,
  cacheDir: '.build/vitest',
  test: {
    passWithNoTests: true,
    projects: [
      {
        root,
        test: {
          name: 'pure',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [...databaseTests, ...apiTests, ...browserTests],
          ...sideBySide,
        },
      },
      { root, test: { name: 'db', include: databaseTests, ...onDatabases } },
      { root, test: { name: 'api', include: apiTests, ...onDatabases } },
      {
        root,
        test: {
          name: 'browser',
          execArgv: serviceV8Flags,
          include: browserTests,
          globalSetup: ['test/browser/global-set-up.ts'],
          setupFiles: ['test/browser/set-up.ts'],
          testTimeout: 180_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
