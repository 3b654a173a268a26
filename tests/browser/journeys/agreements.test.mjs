// Agreements, from a new version to the last signature: staff, a parent in Arabic with a phone, a
// visitor at the kiosk, children with pictures, and the manager who sees who is missing.

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { openBrowser, openContext } from '../lib/browser.mjs';
import { axeFaults, overflowFaults } from '../lib/checks.mjs';
import { startDemo } from '../lib/demo.mjs';
import { PHONE, TABLET, comes, words } from '../lib/people.mjs';

const NAME = 'As I write it';

const demo = await startDemo();
const browser = await openBrowser();

after(async () => {
  await browser.close();
  await demo.stop();
});

/** Sends the form in the main part that has this field, and waits for the page that follows. */
async function send(page, field) {
  const sent = page.waitForResponse((answer) => answer.request().method() === 'POST');
  await page.locator(`main form:has([name="${field}"]) button[type="submit"]`).first().click();
  await sent;
  await page.waitForLoadState('load');
}

/** Follows the link of the main part that leads there. */
async function to(page, path) {
  await page.locator(`main a[href="${path}"]`).first().click();
  await page.waitForLoadState('load');
}

/** Leaves a clause out of a group's agreement and issues what is left as a new version. */
async function issue(page, group, why) {
  await page.goto(`${demo.url}/agreements/${group}/points`);
  const before = await page.locator('a[href*="/leave-out?"]').count();
  await page.locator('a[href*="/leave-out?"]').first().click();
  await page.waitForLoadState('load');
  await page.fill('[name="why"]', why);
  await send(page, 'why');
  assert.equal(await page.locator('a[href*="/leave-out?"]').count(), before - 1);
  await page.goto(`${demo.url}/agreements/${group}/issue`);
  await page.fill('textarea[name="intro"]', 'This is what we ask of each other.');
  await send(page, 'intro');
}

/** Draws a signature, with a finger or the mouse. */
async function draw(page) {
  const pad = page.locator('.sg-draw__pad');
  await pad.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await pad.boundingBox();
  await page.mouse.move(x + width * 0.1, y + height * 0.7);
  await page.mouse.down();
  for (const [right, down] of [[0.25, 0.2], [0.4, 0.8], [0.55, 0.3], [0.7, 0.7], [0.85, 0.4]]) {
    await page.mouse.move(x + width * right, y + height * down, { steps: 4 });
  }
  await page.mouse.up();
}

/** Types a name, or draws a signature where there are scripts, agrees and signs. */
async function sign(page, { drawn }) {
  if (drawn) await draw(page);
  else await page.fill('input[name="name"]', NAME);
  await page.locator('input[name="agree"]').check();
  await send(page, 'agree');
}

/** A page works at phone width, for those who look and, where scripts can tell, for those who listen. */
async function isFine(page, scripts) {
  const size = page.viewportSize();
  const heard = scripts ? await axeFaults(page) : [];
  assert.deepEqual([...heard, ...(await overflowFaults(page, [360, 320]))], []);
  await page.setViewportSize(size);
}

for (const scripts of [true, false]) {
  describe(`agreements${scripts ? '' : ' without JavaScript'}`, () => {
    it('are issued anew by the manager, who sees what changed and who has not signed', async () => {
      const { page, context } = await comes(browser, demo, 'manager and safeguarding lead', { scripts });
      for (const group of ['staff', 'parent', 'child', 'visitor']) {
        await issue(page, group, `It is said elsewhere, too (${scripts}).`);
      }
      await page.goto(`${demo.url}/agreements/staff`);
      const now = await words(page);
      assert.match(now, /Who has not signed this version/);
      assert.match(now, /Niamh Gallagher/);
      await page.locator('main a[href*="/agreements/staff/versions/"]').first().click();
      await page.waitForLoadState('load');
      assert.match(await words(page), /What changed since version \d/);
      assert.ok((await page.locator('main del').count()) > 0, 'the clause that was left out is struck through');
      await context.close();
    });

    it('are signed by staff with their own log-in, and then no longer asked for', async () => {
      const { page, context } = await comes(browser, demo, 'practitioner', { scripts });
      await page.goto(`${demo.url}/agreements`);
      await to(page, '/agreements/staff');
      await to(page, '/agreements/staff/sign');
      await sign(page, { drawn: false });
      assert.match(await words(page), /There is nothing for you to sign/);
      await page.locator('main a[href*="/agreements/signatures/"]').first().click();
      await page.waitForLoadState('load');
      const copy = await words(page);
      assert.match(copy, /How we know/);
      assert.ok(copy.includes(NAME), copy);
      const pdf = await context.request.get(`${page.url()}?as=pdf`);
      assert.equal(pdf.headers()['content-type'], 'application/pdf');
      assert.match((await pdf.body()).toString('latin1'), /stairgate-signed-document/);
      await context.close();
    });

    it('are signed by a parent in Arabic with a phone, from right to left', async () => {
      const { page, context } = await comes(browser, demo, 'parent', { scripts, device: PHONE });
      await page.goto(`${demo.url}/language/ar?then=/agreements`);
      assert.equal(await page.getAttribute('html', 'dir'), 'rtl');
      await isFine(page, scripts);
      await to(page, '/agreements/parent');
      await isFine(page, scripts);
      await to(page, '/agreements/parent/sign');
      assert.equal(await page.getAttribute('html', 'lang'), 'ar');
      await isFine(page, scripts);
      await sign(page, { drawn: scripts });
      assert.equal(await page.locator('main a[href="/agreements/parent"]').count(), 0);
      await page.locator('main a[href*="/agreements/signatures/"]').first().click();
      await page.waitForLoadState('load');
      assert.match(await words(page), /كيف نعرف ذلك/);
      assert.equal(await page.locator('svg.sg-strokes path').count(), scripts ? 1 : 0);
      await isFine(page, scripts);
      await context.close();
    });

    it('are gone through with a child, in pictures', async () => {
      const { page, context } = await comes(browser, demo, 'parent of two children', { scripts, device: PHONE });
      await page.goto(`${demo.url}/agreements`);
      const open = page.locator('main a[href*="/agreements/together/"]');
      const children = await open.count();
      assert.equal(children, 2);
      await open.first().click();
      await page.waitForLoadState('load');
      assert.ok((await page.locator('.sg-picture-rule svg').count()) > 0, 'a picture for each rule');
      assert.match(await words(page), /For the grown-up/);
      await isFine(page, scripts);
      await page.locator('input[name="picture"][value="snail"]').check();
      await send(page, 'picture');
      await page.goto(`${demo.url}/agreements`);
      assert.equal(await open.count(), children - 1);
      await context.close();
    });

    it('are signed by visitors at a kiosk, with a name typed or a signature drawn', async () => {
      const manager = await comes(browser, demo, 'manager and safeguarding lead', { scripts });
      await manager.page.goto(`${demo.url}/settings/kiosks/open`);
      await manager.page.fill('[name="name"]', `At the door ${scripts}`);
      await manager.page.locator('input[name="purpose"][value="signing"]').check();
      await send(manager.page, 'name');
      const code = await manager.page.locator('.sg-code').innerText();
      await manager.context.close();

      const context = await openContext(browser, { javaScriptEnabled: scripts, viewport: TABLET });
      const page = await context.newPage();
      await page.goto(`${demo.url}/kiosk/begin`);
      await page.fill('[name="code"]', code);
      await send(page, 'code');
      for (const drawn of scripts ? [false, true] : [false]) {
        await page.goto(`${demo.url}/kiosk/sign`);
        await to(page, '/kiosk/sign/visitor');
        await isFine(page, scripts);
        if (drawn) await page.fill('input[name="name"]', 'Vera Holm');
        await sign(page, { drawn });
        assert.match(await words(page), /Who are you\?|Thank you|Done/);
        assert.doesNotMatch(await words(page), /Vera Holm|As I write it/);
      }
      assert.equal((await page.goto(`${demo.url}/agreements`)).url(), `${demo.url}/kiosk`);
      await context.close();
    });

    it('show the manager who is still missing, and every signature', async () => {
      const { page, context } = await comes(browser, demo, 'manager and safeguarding lead', { scripts });
      await page.goto(`${demo.url}/agreements/staff`);
      assert.doesNotMatch(await words(page), /Niamh Gallagher/);
      await page.goto(`${demo.url}/agreements/signatures`);
      const all = await words(page);
      for (const who of ['Niamh Gallagher', 'Marsha Delacroix-Brown', NAME]) assert.ok(all.includes(who), who);
      assert.match(all, /at the kiosk/);
      await context.close();
    });
  });
}
