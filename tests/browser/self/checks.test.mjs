// Each check finds what it is for on a bad page, and nothing on a good one.

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { openBrowser, openContext } from '../lib/browser.mjs';
import * as checks from '../lib/checks.mjs';
import { signedIn } from '../lib/pages.mjs';
import { ACCOUNTS, serve } from './site.mjs';

const site = await serve();
const browser = await openBrowser();
const context = await openContext(browser);
const first = await context.newPage();
await signedIn(first, site.url, ACCOUNTS[0]);
const scriptless = await openContext(browser, { javaScriptEnabled: false, storageState: await context.storageState() });

after(async () => {
  await browser.close();
  site.close();
});

/** Opens a page and hands it to a check. */
async function faultsAt(path, check) {
  const page = await context.newPage();
  const watched = checks.watch(page, site.url);
  const answer = await page.goto(site.url + path);
  const faults = await check(page, { watched, answer });
  await page.close();
  return faults;
}

const quiet = async (page) => {
  const other = await scriptless.newPage();
  const faults = await checks.scriptlessFaults(other, page.url());
  await other.close();
  return faults;
};

const CHECKS = {
  axe: (page) => checks.axeFaults(page),
  overflow: (page) => checks.overflowFaults(page),
  targets: (page) => checks.targetFaults(page),
  headings: (page) => checks.headingFaults(page),
  keyboard: (page) => checks.keyboardFaults(page),
  scriptless: quiet,
  watched: (_, { watched }) => watched.faults(),
  policy: (_, { answer }) => checks.policyFaults(answer),
};

const FOUND = [
  ['axe', '/bad/contrast', /color-contrast/],
  ['axe', '/bad/label', /axe label/],
  ['overflow', '/bad/wide', /sideways at 768 px: .*class="wide"/],
  ['targets', '/bad/small', /too small for a finger: .*class="small"/],
  ['headings', '/bad/headings', /2 main headings/],
  ['headings', '/bad/title', /has no title/],
  ['watched', '/bad/inline-script', /error in the console: .*inline script.*Content Security Policy/],
  ['watched', '/bad/error', /error in a script: broken/],
  ['watched', '/bad/missing', /error in the console: .*404/],
  ['watched', '/bad/elsewhere', /(asks elsewhere|error in the console): .*192\.0\.2\.1/],
  ['policy', '/bad/no-policy', /without a content-security-policy/],
  ['keyboard', '/bad/no-focus', /does not show the focus/],
  ['keyboard', '/bad/order', /jumps the order/],
  ['keyboard', '/bad/unreachable', /can't be reached by keyboard/],
  ['keyboard', '/bad/gone', /can't be seen/],
  ['scriptless', '/bad/script-only', /no content without JavaScript/],
  ['scriptless', '/bad/no-submit', /can't be sent without JavaScript/],
];

describe('each check finds its fault', () => {
  for (const [check, path, wanted] of FOUND) {
    it(`${check} on ${path}`, async () => {
      assert.match((await faultsAt(path, CHECKS[check])).join('\n'), wanted);
    });
  }

  it('titles that are the same', () => {
    const pages = [{ route: '/a', title: 'A' }, { route: '/b', title: 'B' }, { route: '/c', title: 'A' }];
    assert.deepEqual(checks.titleFaults(pages), ["'A' is the title of /a and /c"]);
  });

  it('a content policy with a hole in it', () => {
    const answer = { headers: () => ({ 'content-security-policy': "default-src 'self'; script-src 'self' 'unsafe-inline'" }) };
    assert.equal(checks.policyFaults(answer).length, 1);
  });
});

describe('no check finds a fault on a good page', () => {
  for (const path of ['/', '/people', '/people/12', '/policy', '/sign-in']) {
    for (const [name, check] of Object.entries(CHECKS)) {
      it(`${name} on ${path}`, async () => {
        assert.deepEqual(await faultsAt(path, check), []);
      });
    }
  }
});
