// Those who read the policy: a practitioner with a phone, and a parent.

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { openBrowser } from '../lib/browser.mjs';
import { startDemo } from '../lib/demo.mjs';
import { PHONE, comes, follow, press, words } from '../lib/people.mjs';

const STANDINGS = /\bBreached\b|Not in this version|Needs a person’s word/;
/** More than there are in the demo. */
const PEOPLE = 260;
/** Where a parent finds nothing: others, those who lead, and how the policy stands. */
const NOT_FOR_PARENTS = ['/activity', '/reports', '/settings', '/settings/accounts', '/policy/controls', '/roles/give', '/policy/reviews'];

const demo = await startDemo();
const browser = await openBrowser();

after(async () => {
  await browser.close();
  await demo.stop();
});

/** Reads and confirms, and says so: three presses from Today on. */
async function readsAndConfirms(page) {
  await page.goto(`${demo.url}/`);
  const duty = page.locator('.sg-duty').filter({ hasText: /Read version/ });
  assert.equal(await duty.count(), 1);
  await duty.getByRole('button', { name: /Go to it/ }).or(duty.getByRole('link', { name: /Go to it/ })).first().click();
  await page.waitForLoadState('load');
  assert.equal(new URL(page.url()).pathname, '/policy/read');
  await page.locator('details', { hasText: 'The words of the policy' }).locator('summary').first().click();
  assert.match(await words(page), /What we aim for/);
  await page.locator('input[name="confirm"]').check();
  await press(page, 'Confirm');
  await page.goto(`${demo.url}/policy/read`);
  assert.match(await words(page), /You said on .* that you have read this version/);
}

describe('a practitioner with a phone', () => {
  it('reads the policy, says so, and is not asked again', async () => {
    const { page, context } = await comes(browser, demo, 'new practitioner', { device: PHONE });
    await readsAndConfirms(page);
    await page.goto(`${demo.url}/`);
    assert.doesNotMatch(await words(page), /Read version/);
    await context.close();
  });

  it('finds what is asked of everybody who works here', async () => {
    const { page, context } = await comes(browser, demo, 'new practitioner', { device: PHONE });
    await follow(page, 'What my roles ask of me');
    await follow(page, 'Staff');
    assert.match(await words(page), /polic/i);
    await context.close();
  });

  it('says that they have read what their role answers for, without JavaScript', async () => {
    const { page, context } = await comes(browser, demo, 'technical lead', { scripts: false, device: PHONE });
    await page.goto(`${demo.url}/`);
    await page.locator('.sg-duty').filter({ hasText: 'Read again what the technical lead answers for' }).getByText('Go to it').click();
    await page.waitForLoadState('load');
    const box = page.locator('main input[type="checkbox"]');
    if (await box.count()) await box.first().check();
    const sent = page.waitForResponse((answer) => answer.request().method() === 'POST');
    await page.locator('main button[type="submit"]').first().click();
    await sent;
    await page.waitForLoadState('load');
    await page.goto(`${demo.url}/`);
    assert.doesNotMatch(await words(page), /Read again what the technical lead/);
    await context.close();
  });
});

for (const scripts of [true, false]) {
  describe(`a parent${scripts ? '' : ' without JavaScript'}`, () => {
    it('reads the policy, sees no standing, and comments on the draft', async () => {
      const { page, context } = await comes(browser, demo, 'parent', { scripts, device: PHONE });
      await follow(page, 'Read our online safety policy');
      const policy = await words(page);
      assert.match(policy, /What we aim for/);
      assert.doesNotMatch(policy, STANDINGS);
      await page.goto(`${demo.url}/policy/draft`);
      assert.doesNotMatch(await words(page), STANDINGS);
      await follow(page, /Comment on this clause/);
      const comment = `Could this be said in fewer words? ${scripts ? 'With' : 'Without'} a script.`;
      await page.fill('textarea[name="words"]', comment);
      await press(page, 'Send the comment');
      assert.ok((await words(page)).includes(comment));
      await context.close();
    });

    it('finds nothing at the addresses of others', async () => {
      const { page, context } = await comes(browser, demo, 'parent', { scripts, device: PHONE });
      for (const path of NOT_FOR_PARENTS) {
        const answer = await page.goto(demo.url + path);
        const main = await words(page);
        assert.equal(answer.status(), 404, `${path} answers ${answer.status()}`);
        assert.match(main, /nothing here/i, path);
      }
      await context.close();
    });

    it('sees no other child than their own', async () => {
      const { page, context } = await comes(browser, demo, 'parent', { scripts, device: PHONE });
      const children = new Set();
      for (let person = 1; person <= PEOPLE; person += 1) {
        const answer = await context.request.get(`${demo.url}/people/${person}`);
        if (answer.status() === 200 && /Who they are<\/dt>\s*<dd[^>]*>\s*Child\b/.test(await answer.text())) children.add(person);
      }
      assert.equal(children.size, 1, `pages of ${children.size} children open`);
      await page.close();
      await context.close();
    });
  });
}
