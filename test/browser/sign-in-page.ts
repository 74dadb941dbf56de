/** Signs a page in as one of the accounts of the sample, without its dialog. */
import type { Page } from 'playwright-core';
import { type StartedApp, samplePassword } from '../started-app.ts';

/** The page's context has the cookie of a new session afterwards. */
export async function signInPage(page: Page, app: StartedApp, username: string): Promise<void> {
  const answer = await page.request.post(`${app.url}/api/session`, {
    data: { username, password: await samplePassword(app, username) },
  });
  if (!answer.ok()) throw new Error(`${username} cannot sign in: ${await answer.text()}`);
}
