// Somebody is taken on, signs, gets an account, works, and leaves; a table is taken in and undone.

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { openBrowser, openContext } from '../lib/browser.mjs';
import { startDemo } from '../lib/demo.mjs';
import { signIn } from '../lib/pages.mjs';
import { choose, comes, follow, PHONE, press, TABLET, words } from '../lib/people.mjs';

const MANAGER = 'manager and safeguarding lead';
const PASSWORD = 'wandering teal lanterns 9';

const demo = await startDemo();
const browser = await openBrowser();

after(async () => {
  await browser.close();
  await demo.stop();
});

/** The code that is shown once. */
const code = (page) => page.locator('.sg-code').innerText();

async function added(page, name) {
  await page.goto(`${demo.url}/people/add`);
  await page.fill('[name="name"]', name);
  await page.check('[name="groups"][value="staff"]');
  await page.check('[name="rooms"][value="1"]');
  await press(page, 'Add this person');
  await follow(page, name);
  return new URL(page.url()).pathname.split('/')[2];
}

async function opened(page, person, user) {
  await page.goto(`${demo.url}/settings/accounts/open?person=${person}`);
  await page.fill('[name="user"]', user);
  await press(page, 'Open the account');
}

async function signed(page, given) {
  await page.goto(`${demo.url}/sign`);
  await page.fill('[name="code"]', given);
  await press(page, 'Go on');
  await press(page, 'I work here');
  await page.fill('[name="name"]', 'Maren Holloway');
  await page.check('[name="agree"]');
  await press(page, /^Sign$/);
}

async function taken(page, user, given) {
  await page.goto(`${demo.url}/take-up`);
  const answers = { user, code: given, password: PASSWORD, again: PASSWORD };
  for (const [name, answer] of Object.entries(answers)) await page.fill(`[name="${name}"]`, answer);
  await press(page, 'Choose this password');
}

for (const scripts of [true, false]) {
  const how = scripts ? '' : ' without JavaScript';
  const user = scripts ? 'maren.holloway' : 'maren.second';
  describe(`a new member of staff${how}`, () => {
    it('gets an account after signing, works at once, and can do nothing once access is ended', async () => {
      const { page, context } = await comes(browser, demo, MANAGER, { scripts });
      const person = await added(page, 'Maren Holloway');
      assert.match(await words(page), /Agreement for staff signed[\s\S]*To do/);

      await opened(page, person, user);
      const refusal = await words(page);
      assert.match(refusal, /has not signed the agreement for staff/);
      assert.match(refusal, /What you can do now/);

      await page.goto(`${demo.url}/agreements/give-code?person=${person}`);
      await press(page, 'Make the code');
      const own = await openContext(browser, { javaScriptEnabled: scripts, viewport: PHONE });
      const phone = await own.newPage();
      await signed(phone, await code(page));
      assert.match(await words(phone), /You have signed/);

      await opened(page, person, user);
      await taken(phone, user, await code(page));
      await signIn(phone, demo.url, { user, password: PASSWORD });
      assert.match(await words(phone), /Finish your induction/);

      await page.goto(`${demo.url}/people/${person}/leaving`);
      const today = new Date();
      const answers = { day: today.getDate(), month: today.getMonth() + 1, year: today.getFullYear() };
      for (const [part, value] of Object.entries(answers)) await page.fill(`[name="last-${part}"]`, String(value));
      await page.check('[name="access"][value="now"]');
      await press(page, 'Record the last day');

      await phone.goto(`${demo.url}/`);
      assert.equal(new URL(phone.url()).pathname, '/sign-in');
      await signIn(phone, demo.url, { user, password: PASSWORD });
      assert.equal(new URL(phone.url()).pathname, '/sign-in');
      await own.close();
      await context.close();
    });
  });
}

describe('somebody with a child at the door', () => {
  it('is found by a part of the name', async () => {
    const { page, context } = await comes(browser, demo, MANAGER, { device: PHONE });
    await page.goto(`${demo.url}/people`);
    await page.fill('input[type="search"]', 'kowal');
    await press(page, 'Search');
    const found = await words(page);
    assert.match(found, /Agnieszka Kowal/);
    assert.doesNotMatch(found, /Bronwen Pryce/);
    await context.close();
  });
});

describe('a table of people', () => {
  it('is looked at before it is taken in, changes nothing the second time, and is undone by one press', async () => {
    const table = 'First name,Surname,Date of birth,Parent 1,Parent 1 email\nPeregrine,Oakshott,03/02/2023,Rowan Oakshott,rowan@oakshott.example\nIsolde,Oakshott,9 May 2022,Rowan Oakshott,rowan@oakshott.example\n';
    const { page, context } = await comes(browser, demo, MANAGER, { device: TABLET });
    const look = async () => {
      await page.goto(`${demo.url}/people/import`);
      await page.setInputFiles('input[type="file"]', { name: 'children.csv', mimeType: 'text/csv', buffer: Buffer.from(table) });
      await press(page, 'Look at it first');
    };
    await look();
    assert.match(await words(page), /Peregrine Oakshott/);
    await page.goto(`${demo.url}/people?name=oakshott`);
    assert.doesNotMatch(await words(page), /Peregrine/);
    await look();
    await page.getByLabel('The day first').check();
    await page.getByLabel('Yes').check();
    await press(page, 'Go on');
    await press(page, 'Take these people in');
    await page.goto(`${demo.url}/people?name=oakshott`);
    assert.match(await words(page), /3 people/);
    await look();
    assert.match(await words(page), /0 people are new[\s\S]*3 people are here already and stay the same/);
    await page.goto(`${demo.url}/people/imports`);
    await follow(page, /Undo it/);
    await press(page, /undo/i);
    await page.goto(`${demo.url}/people?name=oakshott`);
    assert.doesNotMatch(await words(page), /Peregrine/);
    await context.close();
  });
});
