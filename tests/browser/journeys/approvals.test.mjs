// A draft is not adopted before those approve it whom the policy names.

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { openBrowser } from '../lib/browser.mjs';
import { startDemo } from '../lib/demo.mjs';
import { comes, press, words } from '../lib/people.mjs';

const MANAGER = 'manager and safeguarding lead';

const demo = await startDemo();
const browser = await openBrowser();

after(async () => {
  await browser.close();
  await demo.stop();
});

describe('adopting a draft', () => {
  it('is refused without approval, with the clause and who can allow it, and done after approval', async () => {
    const manager = await comes(browser, demo, MANAGER);
    await manager.page.goto(`${demo.url}/policy/draft`);
    await press(manager.page, 'Adopt this draft');
    const no = manager.page.locator('.govuk-error-summary');
    assert.equal(await no.count(), 1);
    const says = await no.innerText();
    assert.match(says, /approv/i);
    assert.match(says, /agree to each new version\.\s+Our policy says/, 'the clause is quoted');
    assert.match(says, /chair|Oluwaseun Bakare/i, 'who can allow it is named');
    assert.ok((await no.locator('a[href^="/policy/clauses/"]').count()) > 0, 'the clause can be opened');
    await beginAgain(manager.page);
    await manager.page.goto(`${demo.url}/policy/draft`);
    await press(manager.page, /Approve this draft/);
    const chair = await comes(browser, demo, 'chair of the committee');
    await chair.page.goto(`${demo.url}/policy/draft`);
    await press(chair.page, /Approve this draft/);
    await manager.page.goto(`${demo.url}/policy/draft`);
    assert.equal(await manager.page.getByText('Not approved yet').count(), 0);
    await press(manager.page, 'Adopt this draft');
    assert.equal(await manager.page.locator('.govuk-error-summary').count(), 0, await words(manager.page));
    await manager.page.goto(`${demo.url}/policy`);
    assert.match(await words(manager.page), /Version 3, in force since/);
    await manager.context.close();
    await chair.context.close();
  });

  it('keeps what was typed when a form is refused or wrong', async () => {
    const { page, context } = await comes(browser, demo, MANAGER);
    await page.goto(`${demo.url}/policy/trigger`);
    await page.fill('textarea[name="what"]', 'A new games console came to the after-school club.');
    await page.locator('main button[type="submit"]').first().click();
    await page.waitForLoadState('load');
    assert.equal(await page.locator('.govuk-error-summary').count(), 1);
    assert.equal(await page.inputValue('textarea[name="what"]'), 'A new games console came to the after-school club.');
    await context.close();
  });
});

/** People may comment on the draft of the demo for days to come: gives it up for one that is put to nobody. */
async function beginAgain(page) {
  await page.goto(`${demo.url}/policy/draft/discard`);
  await page.fill('textarea[name="why"]', 'We begin again with fewer words.');
  await page.locator('main button[type="submit"]').first().click();
  await page.waitForLoadState('load');
  await page.goto(`${demo.url}/policy/start`);
  await press(page, 'Begin a draft from the version in force');
  await page.goto(`${demo.url}/policy/draft/title`);
  await page.fill('main input[type="text"]', 'Being safe online');
  await page.locator('main button[type="submit"]').first().click();
  await page.waitForLoadState('load');
}
