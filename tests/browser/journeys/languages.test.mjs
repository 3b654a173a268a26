// Languages: chosen in a list, kept on the device and for good, from right to left where they run so.

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { openBrowser, openContext } from '../lib/browser.mjs';
import { axeFaults, overflowFaults } from '../lib/checks.mjs';
import { startDemo } from '../lib/demo.mjs';
import { PHONE, comes, words } from '../lib/people.mjs';

const LANGUAGES = { pl: 'ltr', ur: 'rtl', ar: 'rtl', ro: 'ltr', uk: 'ltr' };
/** What anybody reads who has not signed in. */
const OPEN = ['/sign-in', '/help-directory', '/sign', '/concerns/report'];
/** What a parent reads. */
const OWN = ['/', '/agreements', '/agreements/parent', '/agreements/child', '/events', '/policy', '/policy/draft', '/policy/linked', '/roles', '/people', '/account', '/account/notices', '/settings/terms'];

const demo = await startDemo();
const browser = await openBrowser();

after(async () => {
  await browser.close();
  await demo.stop();
});

async function runs(page, code, path) {
  await page.goto(demo.url + path);
  const html = page.locator('html');
  assert.equal(await html.getAttribute('lang'), code, `${path} in ${code}`);
  assert.equal(await html.getAttribute('dir'), LANGUAGES[code] ?? 'ltr', `${path} in ${code}`);
}

/** What is wrong for those who look and, where scripts can tell, for those who listen. */
async function faultsOf(page, scripts, path) {
  const heard = scripts ? await axeFaults(page) : [];
  const faults = [...heard, ...(await overflowFaults(page, [360, 320]))];
  await page.setViewportSize(PHONE);
  return faults.map((fault) => `${path}: ${fault}`);
}

for (const scripts of [true, false]) {
  describe(`languages${scripts ? '' : ' without JavaScript'}`, () => {
    it('are chosen in a list without signing in, and stay on the device', async () => {
      const context = await openContext(browser, { javaScriptEnabled: scripts, viewport: PHONE });
      const page = await context.newPage();
      await page.goto(`${demo.url}/sign-in`);
      await page.locator('a[href^="/language/ur"]').first().click();
      await page.waitForLoadState('load');
      assert.equal(new URL(page.url()).pathname, '/sign-in');
      await runs(page, 'ur', '/help-directory');
      await page.close();
      await runs(await context.newPage(), 'ur', '/sign-in');
      await context.close();
    });

    it('are kept for good by a parent, and come with them to another device', async () => {
      const { page, context, account } = await comes(browser, demo, 'foster carer', { scripts, device: PHONE });
      const chosen = scripts ? 'uk' : 'ro';
      await page.goto(`${demo.url}/account`);
      await page.locator('main a[href^="/people/"]').first().click();
      await page.waitForLoadState('load');
      await page.locator('main a[href$="/language"]').first().click();
      await page.waitForLoadState('load');
      await page.locator(`input[name="tongue"][value="${chosen}"]`).check();
      const sent = page.waitForResponse((answer) => answer.request().method() === 'POST');
      await page.locator('main form:has([name="tongue"]) button[type="submit"]').click();
      await sent;
      await context.close();
      const other = await comes(browser, demo, account.role, { scripts, device: PHONE });
      await runs(other.page, chosen, '/agreements');
      await other.context.close();
    });

    it('work in each of them at phone width, for those who listen, too', async () => {
      for (const code of Object.keys(LANGUAGES)) {
        const context = await openContext(browser, { javaScriptEnabled: scripts, viewport: PHONE });
        const page = await context.newPage();
        await page.goto(`${demo.url}/language/${code}`);
        for (const path of OPEN) {
          await runs(page, code, path);
          assert.deepEqual(await faultsOf(page, scripts, `${path} in ${code}`), []);
        }
        await context.close();
      }
    });

    it('run through all that a parent reads, from right to left', async () => {
      const { page, context } = await comes(browser, demo, 'parent', { scripts, device: PHONE });
      await page.goto(`${demo.url}/language/ar`);
      for (const path of OWN) {
        await runs(page, 'ar', path);
        assert.match(await words(page), /[\u0600-\u06ff]{3}/, path);
        assert.deepEqual(await faultsOf(page, scripts, path), []);
      }
      await context.close();
    });
  });
}
