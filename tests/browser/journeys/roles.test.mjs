// Who holds a role: a vacancy is a duty, which goes when somebody is given the role. And leaving.

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { openBrowser } from '../lib/browser.mjs';
import { startDemo } from '../lib/demo.mjs';
import { choose, comes, date, press, words } from '../lib/people.mjs';

const MANAGER = 'manager and safeguarding lead';
const DAY_MS = 86_400_000;
const ROLE = 'Technical lead';
const VACANCY = /Say who is the technical lead/;

const demo = await startDemo();
const browser = await openBrowser();

after(async () => {
  await browser.close();
  await demo.stop();
});

const yesterday = () => new Date(Date.now() - DAY_MS);
/** What Today says about the role that nobody holds. */
async function vacancies(page) {
  await page.goto(`${demo.url}/`);
  const duties = await page.locator('.sg-duty').allInnerTexts();
  return duties.filter((duty) => VACANCY.test(duty.split('\n')[0]));
}

async function give(page, person) {
  await page.goto(`${demo.url}/roles/give`);
  await choose(page, 'role', ROLE);
  await choose(page, 'person', person);
  await press(page, 'Give the role');
}

async function end(page, person) {
  await page.goto(`${demo.url}/roles/end`);
  await choose(page, 'role', ROLE);
  await choose(page, 'person', person);
  await date(page, 'last', yesterday());
  await press(page, /End/);
}

describe('a role that the policy gives work', () => {
  it('is owed when nobody holds it, and not when somebody does', async () => {
    const { page, context } = await comes(browser, demo, MANAGER);
    const before = (await vacancies(page)).length;
    await end(page, 'Callum Baird');
    const vacant = await vacancies(page);
    assert.equal(vacant.length, before + 1, `Today says: ${vacant.join(' / ')}`);
    await give(page, 'Adaeze Okonjo');
    assert.match(await words(page), /Adaeze Okonjo/);
    assert.equal((await vacancies(page)).length, before);
    await context.close();
  });

  it('is over for somebody who leaves, and so is their next request', async () => {
    const leaver = await comes(browser, demo, 'student');
    const manager = await comes(browser, demo, MANAGER);
    const address = await findPerson(manager.page, 'Zara Whitcombe');
    await manager.page.goto(`${address}/leaving`);
    await date(manager.page, 'last', yesterday());
    await press(manager.page, /./);
    await leaver.page.goto(`${demo.url}/policy/read`);
    assert.equal(new URL(leaver.page.url()).pathname, '/sign-in');
    await leaver.context.close();
    await manager.context.close();
  });
});

/** The address of somebody's page, from the pages of the list. */
async function findPerson(page, name) {
  for (let number = 1; number < 20; number += 1) {
    await page.goto(`${demo.url}/people?page=${number}`);
    const link = page.getByRole('link', { name });
    if (await link.count()) return new URL(await link.first().getAttribute('href'), demo.url).href;
  }
  throw new Error(`${name} is not in the list`);
}
