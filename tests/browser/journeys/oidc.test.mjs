// Signing in with an account somewhere else, with a real provider: a manager sets it up and tries it,
// somebody links their account and signs in with it without JavaScript, and it opens nothing for others.

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { openBrowser, openContext } from '../lib/browser.mjs';
import { axeFaults, headingFaults, overflowFaults, policyFaults, targetFaults } from '../lib/checks.mjs';
import { startDemo } from '../lib/demo.mjs';
import { signIn } from '../lib/pages.mjs';
import { TABLET, press, words } from '../lib/people.mjs';
import { CLIENT, SECRET, signInThere, startProvider } from '../lib/provider.mjs';

const demo = await startDemo();
// The provider sends people back to the address that the program knows of itself.
const url = demo.url.replace('127.0.0.1', 'localhost');
const back = `${url}/sign-in/provider/back`;
const provider = await startProvider(back);
const browser = await openBrowser();
const account = (role) => demo.accounts.find((one) => one.role === role) ?? assert.fail(`the demo has no ${role}`);

after(async () => {
  await browser.close();
  await demo.stop();
  await provider.stop().catch(() => {});
});

/** Somebody with a tablet, without JavaScript, who has signed in with a password or not yet. */
async function comes(role) {
  const context = await openContext(browser, { javaScriptEnabled: false, viewport: TABLET });
  const page = await context.newPage();
  if (role) await signIn(page, url, account(role));
  return { context, page };
}

async function withPasskey(page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const options = {
    protocol: 'ctap2',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
  };
  await devtools.send('WebAuthn.addVirtualAuthenticator', { options });
  await page.goto(`${url}/account/passkeys/make`);
  await page.getByLabel('What do you call this device?').fill('the office computer');
  await page.getByRole('button', { name: 'Make a passkey' }).click();
  await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor();
}

const path = (page) => new URL(page.url()).pathname;

async function holds(page) {
  const faults = [
    ...(await axeFaults(page)),
    ...(await headingFaults(page)),
    ...(await overflowFaults(page)),
    ...(await targetFaults(page)),
  ];
  assert.deepEqual(faults, [], page.url());
}

describe('an account somewhere else', () => {
  it('is set up by the manager, tried, and turned on', async () => {
    const context = await openContext(browser, {});
    const page = await context.newPage();
    await signIn(page, url, account('manager and safeguarding lead'));
    await page.goto(`${url}/settings/sign-in`);
    assert.match(await words(page), /sign in with a passkey or with your second step/);
    await withPasskey(page);
    await page.goto(`${url}/settings/sign-in`);
    assert.match(await words(page), new RegExp(back));
    await holds(page);
    await page.setViewportSize(TABLET);
    await press(page, /Set it up|Change/);
    await page.getByLabel('Name on the button').fill('Larkrise');
    await page.getByLabel('Address of the provider').fill(`${provider.issuer}/.well-known/openid-configuration`);
    await page.getByLabel('Client ID').fill(CLIENT);
    await page.getByLabel(/^Client secret/).fill('not-the-secret');
    await page.getByLabel(/^Domains/).fill('larkrise.example');
    await page.getByLabel('No', { exact: true }).check();
    await press(page, 'Keep');
    await press(page, /Try it now/);
    assert.match(await words(page), /the secret is wrong or has run out/);
    await page.goto(`${url}/settings/sign-in/set`);
    await page.getByLabel(/^Client secret/).fill(SECRET);
    await page.getByLabel('Yes', { exact: true }).check();
    await press(page, 'Keep');
    await press(page, /Try it now/);
    assert.match(await words(page), /Larkrise can be used/);
    await holds(page);
    await context.close();
  });

  it('opens nothing until it is linked, whatever it is called there', async () => {
    const { context, page } = await comes();
    await page.goto(`${url}/sign-in?then=/people`);
    await press(page, 'Sign in with Larkrise');
    await signInThere(page, account('manager and safeguarding lead').user);
    assert.equal(path(page), '/sign-in/provider/link');
    assert.match(await words(page), /not linked with yours here yet/);
    await page.goto(`${url}/people`);
    assert.equal(path(page), '/sign-in');
    await context.close();
  });

  it('is linked by its owner and signs in from then on, without JavaScript', async () => {
    const { context, page } = await comes('practitioner');
    await page.goto(`${url}/account`);
    await press(page, 'Link your Larkrise account');
    await signInThere(page, 'robin');
    assert.equal(path(page), '/sign-in/provider/link');
    assert.match(await words(page), /signed in here as you/);
    await press(page, 'Link it with my account here');
    assert.equal(path(page), '/account');
    assert.match(await words(page), /You can sign in with Larkrise as robin@larkrise\.example/);
    await page.getByRole('button', { name: /^Lock/ }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForLoadState('load');

    await page.goto(`${url}/sign-in?then=/people`);
    await press(page, 'Sign in with Larkrise');
    // Whoever was there before on this tablet does not sign in whoever comes next.
    assert.equal(await page.locator('input[name="login"]').count(), 1);
    await signInThere(page, 'robin');
    assert.equal(path(page), '/people');
    await page.goto(`${url}/account`);
    assert.match(await words(page), /signed in with a work account/);
    // What changes how one gets in asks for the password here all the same.
    await page.goto(`${url}/account/provider/unlink`);
    assert.equal(path(page), '/account/anew');
    await context.close();
  });

  it('asks on pages that hold to what all pages hold to', async () => {
    const context = await openContext(browser, {});
    const page = await context.newPage();
    await page.goto(`${url}/sign-in`);
    await holds(page);
    await press(page, 'Sign in with Larkrise');
    await signInThere(page, 'somebody.else');
    await holds(page);
    await signIn(page, url, account('practitioner'));
    const answer = await page.goto(`${url}/sign-in/provider/link`);
    assert.deepEqual(policyFaults(answer), []);
    await holds(page);
    await press(page, 'Link it with my account here');
    assert.match(await words(page), /You have linked another work account/);
    await holds(page);
    await context.close();
  });

  it('leaves the password as it was when the provider is gone', async () => {
    await provider.stop();
    const { context, page } = await comes();
    await page.goto(`${url}/sign-in`);
    await press(page, 'Sign in with Larkrise');
    // What it said of itself is still known here: the browser itself finds nobody there.
    await page.goto(`${url}/sign-in`);
    await signIn(page, url, account('practitioner'));
    assert.equal(path(page), '/');
    await context.close();
  });
});
