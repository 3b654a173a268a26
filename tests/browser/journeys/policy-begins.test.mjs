// A manager sets up a new Stairgate, hands in the policy that they have, corrects and adopts it;
// after the computer went down it is all there, and so is the manager.

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { openBrowser, openContext } from '../lib/browser.mjs';
import { startEmpty } from '../lib/demo.mjs';
import { docx } from '../lib/docx.mjs';
import { signedIn } from '../lib/pages.mjs';
import { TABLET, follow, press, words } from '../lib/people.mjs';

const MANAGER = { role: 'manager', user: 'perpetua.lowe', password: 'three green lanterns' };
const POLICY = [
  { heading: '1 Our aims' },
  { text: 'We want every child at Larkspur Lane to enjoy technology and to come to no harm by it.' },
  { heading: '2 Keeping it up to date' },
  { text: 'This policy is reviewed every year by the manager and is approved by the manager before it is adopted.' },
  { text: 'Parents, staff and the committee are asked for their views before the policy is changed.' },
  { heading: '3 Who does what' },
  { text: 'The designated safeguarding lead has overall responsibility for online safety.' },
  { text: 'Staff do not carry their own mobile phones in the rooms.' },
];

const browser = await openBrowser();
after(() => browser.close());

const asText = () => ({
  name: 'our policy.txt',
  mimeType: 'text/plain',
  buffer: Buffer.from(POLICY.map(({ heading, text }) => heading ?? text).join('\n\n')),
});
const asWord = () => ({
  name: 'our policy.docx',
  mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  buffer: docx(POLICY),
});

/** Sets up at the first address that a person would open. */
async function setUp(page, url) {
  await page.goto(url);
  assert.equal(new URL(page.url()).pathname, '/set-up');
  await page.fill('input[name="name"]', 'Larkspur Lane Nursery');
  await page.locator('input[name="nation"]').first().check();
  await page.fill('input[name="manager"]', 'Perpetua Lowe');
  await page.locator('input[name="is-lead"]').first().check();
  await page.fill('input[name="user"]', MANAGER.user);
  await page.fill('input[name="password"]', MANAGER.password);
  await page.fill('input[name="again"]', MANAGER.password);
  await press(page, 'Set up');
  assert.equal(new URL(page.url()).pathname, '/sign-in');
}

/** From Today to a draft. */
async function handIn(page, document) {
  await page.locator('main').getByText('Bring in your policy').first().click();
  await page.setInputFiles('input[name="document"]', document);
  await press(page, 'Read this document');
  assert.equal(new URL(page.url()).pathname, '/policy/draft');
}

/** Corrects one clause: it is answered by the control for phones of staff, and by no other. */
async function correct(page) {
  const about = page.locator('.sg-sides').filter({ hasText: 'mobile phones' });
  await about.getByRole('link', { name: /Check and change/ }).click();
  for (const box of await page.locator('input[type="checkbox"][name="controls"]:checked').all()) await box.uncheck();
  await page.locator('input[name="controls"][value="phones.staff"]').check();
  await press(page, /^Confirm/);
}

for (const [how, scripts, document] of [['a Word document', true, asWord()], ['a text, without JavaScript', false, asText()]]) {
  describe(`a policy begins with ${how}`, () => {
    it('is read, corrected, adopted, and stands clause by clause', async () => {
      const empty = await startEmpty();
      const context = await openContext(browser, { javaScriptEnabled: scripts, viewport: TABLET });
      try {
        const page = await context.newPage();
        await setUp(page, empty.url);
        await signedIn(page, empty.url, MANAGER);
        await handIn(page, document);
        const draft = await words(page);
        assert.match(draft, /mobile phones in the rooms/);
        assert.match(draft, /% sure, because of/);
        await correct(page);
        await page.goto(`${empty.url}/policy/draft`);
        if (await page.getByRole('button', { name: /^Confirm \d/ }).count()) await press(page, /^Confirm \d/);
        for (let left = 0; left < POLICY.length; left += 1) {
          await page.goto(`${empty.url}/policy/draft?show=open`);
          const next = page.getByRole('link', { name: /Check and change/ });
          if ((await next.count()) === 0) break;
          await next.first().click();
          await press(page, /^Confirm/);
        }
        await page.goto(`${empty.url}/policy/draft`);
        await press(page, 'Adopt this draft');
        await page.goto(`${empty.url}/policy`);
        const clauses = await page.locator('.govuk-task-list__item').count();
        assert.ok(clauses >= 5, `${clauses} clauses are listed`);
        assert.equal(await page.locator('.govuk-task-list__item .sg-standing').count(), clauses);
        await follow(page, /designated safeguarding lead has overall/);
        assert.match(await words(page), /Perpetua Lowe/);
        await afterACrash(page, empty);
      } finally {
        await context.close();
        await empty.stop();
      }
    });
  });
}

/** The computer goes down while a form is open: the form is sent when it is up again. */
async function afterACrash(page, empty) {
  await page.goto(`${empty.url}/rooms/open`);
  await page.fill('input[name="name"]', 'Larch Room');
  await empty.restart('SIGKILL');
  await page.locator('main button[type="submit"]').first().click();
  await page.waitForLoadState('load');
  assert.notEqual(new URL(page.url()).pathname, '/sign-in');
  assert.match(await words(page), /Larch Room/);
  await page.goto(`${empty.url}/activity`);
  await press(page, /Check it now/);
  assert.match(await words(page), /whole/i);
}
