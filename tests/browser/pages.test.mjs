// Every page that every role can get to by links: it works, for everybody.

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { openBrowser, openContext } from './lib/browser.mjs';
import {
  axeFaults,
  headingFaults,
  keyboardFaults,
  overflowFaults,
  policyFaults,
  scriptlessFaults,
  shape,
  targetFaults,
  titleFaults,
  watch,
} from './lib/checks.mjs';
import { startDemo } from './lib/demo.mjs';
import { signedIn, visitAll } from './lib/pages.mjs';

const PAGES_MAX = 90;
/** Roles see the same page in several shapes: so many of them get a deep look. */
const SHAPES_MAX = 3;
const AT_ONCE = 2;
const NOBODY = { role: 'a person who is not signed in' };

const demo = await startDemo();
const browser = await openBrowser();
/** Shapes of pages that had their deep look, by route; widths are measured of each shape. */
const looked = new Map();

/** Whether a page is made in a way not seen before, and whether it gets a deep look. */
function isNew(route, made) {
  const shapes = looked.get(route) ?? new Set();
  looked.set(route, shapes);
  if (shapes.has(made)) return { fresh: false, deep: false };
  shapes.add(made);
  return { fresh: true, deep: shapes.size <= SHAPES_MAX };
}

after(async () => {
  await browser.close();
  await demo.stop();
});

/** A quick look at every page; a deep one at each that is made in a way not seen before. */
async function faultsOf(page, watched, quiet, { path, route }) {
  await page.setViewportSize({ width: 1280, height: 900 });
  const answer = await page.goto(demo.url + path, { waitUntil: 'load' });
  const faults = [...policyFaults(answer), ...(await headingFaults(page))];
  const { fresh, deep } = isNew(route, await shape(page));
  if (deep) {
    faults.push(...(await keyboardFaults(page)));
    faults.push(...(await axeFaults(page)));
    faults.push(...(await targetFaults(page)));
    faults.push(...(await scriptlessFaults(quiet, demo.url + path)));
    await page.setViewportSize({ width: 360, height: 780 });
    faults.push(...(await axeFaults(page)).map((fault) => `at 360 px: ${fault}`));
  }
  if (fresh) faults.push(...(await overflowFaults(page)));
  faults.push(...watched.faults());
  return { faults, title: await page.title() };
}

async function lookAt(t, account) {
  const context = await openContext(browser);
  const page = await context.newPage();
  if (account.user) await signedIn(page, demo.url, account);
  const storageState = await context.storageState();
  const scriptless = await openContext(browser, { javaScriptEnabled: false, storageState });
  const quiet = await scriptless.newPage();
  const watched = watch(page, demo.url);
  const pages = await visitAll(context, demo.url, {
    from: [account.user ? '/' : '/sign-in'],
    max: PAGES_MAX,
    // The manual is the same for everybody, and looked at without signing in.
    leave: (route) => account.user !== undefined && route.startsWith('/help/'),
  });
  const titles = [];
  for (const { path, route, status, html, from } of pages) {
    await t.test(`${account.role}: ${path}`, async () => {
      assert.equal(status, 200, `${path}, linked from ${from}, answers ${status}`);
      if (!html || path === '/health') return;
      const { faults, title } = await faultsOf(page, watched, quiet, { path, route });
      titles.push({ route, title });
      assert.deepEqual(faults, []);
    });
  }
  await t.test(`${account.role}: pages are told apart by their titles`, () => {
    assert.deepEqual(titleFaults(titles), []);
  });
  await context.close();
  await scriptless.close();
}

describe('pages', { concurrency: AT_ONCE }, () => {
  for (const account of [NOBODY, ...demo.accounts]) {
    it(`every page that ${account.role} can get to`, (t) => lookAt(t, account));
  }
});
