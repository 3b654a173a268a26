// Signing in: a wrong password is said in words, the right one leads to Today.

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { openBrowser, openContext } from '../lib/browser.mjs';
import { startDemo } from '../lib/demo.mjs';
import { signIn } from '../lib/pages.mjs';

const demo = await startDemo();
const browser = await openBrowser();

after(async () => {
  await browser.close();
  await demo.stop();
});

for (const scripts of [true, false]) {
  describe(scripts ? 'signing in' : 'signing in without JavaScript', () => {
    it('with a wrong password says so, and keeps the name that was typed', async () => {
      const context = await openContext(browser, { javaScriptEnabled: scripts });
      const page = await context.newPage();
      const [account] = demo.accounts;
      await signIn(page, demo.url, { ...account, password: 'not the password' });
      assert.equal(new URL(page.url()).pathname, '/sign-in');
      const message = await page.locator('[role="alert"], .govuk-error-summary').first().innerText();
      assert.match(message, /password/i);
      assert.equal(await page.inputValue('input[name="user"]'), account.user);
      assert.equal(await page.inputValue('input[name="password"]'), '');
      await context.close();
    });

    it('with the right password leads to Today', async () => {
      const context = await openContext(browser, { javaScriptEnabled: scripts });
      const page = await context.newPage();
      await signIn(page, demo.url, demo.accounts[0]);
      assert.equal(new URL(page.url()).pathname, '/');
      assert.match(await page.locator('h1').innerText(), /today/i);
      await context.close();
    });
  });
}
