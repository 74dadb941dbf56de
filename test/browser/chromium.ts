/** Real Chromium for browser tests: software WebGL, and every request to another origin is kept as a breach. */
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Path of the installed browser, or undefined where the browser tests must be left out. */
export const chromiumPath = candidates.find((path) => existsSync(path));

const softwareGl = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
const quiet = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the browser; `webgl: false` takes WebGL away altogether. */
export function launchChromium({ webgl = true } = {}): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath,
    args: [...quiet, ...(webgl ? softwareGl : ['--disable-3d-apis', '--disable-gpu'])],
  });
}

/** Requests to other origins of every page since the last look; set-up.ts fails the test that made one. */
export const foreignRequests: string[] = [];

/** Pages that may still be open; set-up.ts tells what a failed test had on them. */
export const openedPages: Page[] = [];

export type WatchedPage = {
  page: Page;
  /** Console errors (CSP violations among them) and uncaught errors of the page. */
  breaches: string[];
};

/** A page of its own context that keeps what must never happen; requests outside `origin` fail the test by themselves. */
export async function openPage(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  openedPages.push(page);
  const breaches: string[] = [];
  page.on('request', (request) => {
    const { protocol, origin: requested } = new URL(request.url());
    if (protocol !== 'data:' && protocol !== 'blob:' && requested !== new URL(origin).origin) {
      foreignRequests.push(request.url());
    }
  });
  page.on('console', (message) => {
    if (message.type() === 'error') breaches.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => breaches.push(`error: ${error.message}`));
  return { page, breaches };
}

/** Resolves when the map has drawn everything it was asked for. */
export async function mapIdle(page: Page, timeoutMs = 60_000): Promise<void> {
  await page.waitForFunction(
    () => document.querySelector('[data-map-state]')?.getAttribute('data-map-state') === 'idle',
    undefined,
    { timeout: timeoutMs, polling: 100 },
  );
}
