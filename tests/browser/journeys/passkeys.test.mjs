// Passkeys: made once, they sign in with one press; a locked screen opens with one, and without
// JavaScript the PIN does, with nothing lost of what was typed.

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { openBrowser, openContext } from '../lib/browser.mjs';
import { startDemo } from '../lib/demo.mjs';
import { signIn } from '../lib/pages.mjs';

const demo = await startDemo();
const browser = await openBrowser();
// Passkeys are bound to a name; an address in figures has none.
const url = demo.url.replace('127.0.0.1', 'localhost');

after(async () => {
  await browser.close();
  await demo.stop();
});

async function withAuthenticator(context) {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return page;
}

describe('a passkey', () => {
  it('is made on one’s account and signs in without user name and password', async () => {
    const context = await openContext(browser, {});
    const page = await withAuthenticator(context);
    await signIn(page, url, demo.accounts[0]);
    await page.goto(`${url}/account/passkeys/make`);
    await page.getByLabel('What do you call this device?').fill('the office computer');
    await page.getByRole('button', { name: 'Make a passkey' }).click();
    await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor();
    assert.equal(await page.locator('.sg-code').count(), 10);
    await page.getByRole('link', { name: 'Go on' }).or(page.getByRole('button', { name: 'Go on' })).click();
    await page.getByRole('button', { name: /^Lock/ }).click();
    await page.getByRole('heading', { name: 'This screen is locked' }).waitFor();
    await page.getByRole('button', { name: 'Unlock with a passkey' }).click();
    await page.getByRole('heading', { name: 'Today' }).waitFor();
    await page.getByRole('button', { name: /^Lock/ }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByRole('heading', { name: 'Today' }).waitFor();
    await context.close();
  });
});

describe('a locked screen without JavaScript', () => {
  it('opens with the PIN and sends what was typed', async () => {
    const context = await openContext(browser, { javaScriptEnabled: false });
    const page = await context.newPage();
    await signIn(page, url, demo.accounts[4]);
    await page.goto(`${url}/account/pin`);
    await page.getByLabel('PIN', { exact: true }).fill('194027');
    await page.getByLabel('The same PIN again').fill('194027');
    await page.getByRole('button', { name: 'Choose this PIN' }).click();
    await page.goto(`${url}/account/tokens/make`);
    await page.getByLabel('What is it for?').fill('a list for the wall');
    const other = await context.newPage();
    await other.goto(`${url}/account`);
    await other.getByRole('button', { name: /^Lock/ }).click();
    await page.getByRole('button', { name: 'Make the token' }).click();
    await page.getByText('What you typed is kept').waitFor();
    await page.getByLabel('PIN or password').fill('194027');
    await page.getByRole('button', { name: 'Unlock', exact: true }).click();
    await page.getByText('It is shown only now').waitFor();
    await context.close();
  });
});
