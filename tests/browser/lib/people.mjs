// People of the demo at their devices, and the small steps that journeys are made of.

import { openContext } from './browser.mjs';
import { signedIn } from './pages.mjs';

export const PHONE = { width: 360, height: 780 };
export const TABLET = { width: 768, height: 1024 };

/** Somebody who has signed in: `{ page, context, account }`. `of` is a role of the demo. */
export async function comes(browser, demo, of, { scripts = true, device = TABLET } = {}) {
  const account = demo.accounts.find(({ role }) => role === of);
  if (!account) throw new Error(`the demo has no ${of}`);
  const context = await openContext(browser, { javaScriptEnabled: scripts, viewport: device });
  const page = await context.newPage();
  await signedIn(page, demo.url, account);
  return { page, context, account };
}

/** The words of the main part of a page. */
export const words = (page) => page.locator('main').innerText();

/** Presses a button of the main part by its words and waits for the page that follows. */
export async function press(page, name) {
  await page.locator('main').getByRole('button', { name }).first().click();
  await page.waitForLoadState('load');
}

/** Follows a link of the main part by its words. */
export async function follow(page, name) {
  await page.locator('main').getByRole('link', { name }).first().click();
  await page.waitForLoadState('load');
}

/** Fills in a date field. */
export async function date(page, name, day) {
  await page.fill(`input[name="${name}-day"]`, String(day.getUTCDate()));
  await page.fill(`input[name="${name}-month"]`, String(day.getUTCMonth() + 1));
  await page.fill(`input[name="${name}-year"]`, String(day.getUTCFullYear()));
}

/** Chooses by the words of an option, or by a part of them. */
export async function choose(page, name, option) {
  const field = page.locator(`select[name="${name}"]`);
  const value = await field.locator('option').filter({ hasText: option }).first().getAttribute('value');
  await field.selectOption(value);
}
