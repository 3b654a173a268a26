// Each of the nine procedures, from the first word to its steps, by whoever takes part in it: staff,
// parents, a child with pictures at the kiosk, the lead, the deputy, the manager, and the chair where
// it is about one of them; on a tablet and on a phone, some by keyboard alone. The data is in
// `lib/procedures.mjs`.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, describe, it } from 'node:test';
import { openBrowser, openContext } from '../lib/browser.mjs';
import { axeFaults, headingFaults, overflowFaults, targetFaults } from '../lib/checks.mjs';
import { startDemo } from '../lib/demo.mjs';
import { hands } from '../lib/hands.mjs';
import { signIn } from '../lib/pages.mjs';
import { PHONE, TABLET, comes, words } from '../lib/people.mjs';
import { JOURNEYS, LEAD } from '../lib/procedures.mjs';

const SIZES = { tablet: TABLET, phone: PHONE };
const OUTSIDER = 'committee member and parent';
const TOLD = 'Thank you';

const demo = await startDemo();
const browser = await openBrowser();
/** Who has signed in, by role and size: each once. */
const here = new Map();
/** The tablet that stands in the entrance. */
let kiosk;

after(async () => {
  await browser.close();
  await demo.stop();
});

async function somebody(role, size) {
  const key = `${role} ${size}`;
  if (!here.has(key)) here.set(key, await comes(browser, demo, role, { device: SIZES[size] }));
  return here.get(key).page;
}

/** The page as it is drawn at this size, to be looked at where STAIRGATE_PICTURES names a folder. */
async function looksRight(page, size, name) {
  if (process.env.STAIRGATE_PICTURES) await page.screenshot({ path: `${process.env.STAIRGATE_PICTURES}/${name}-${size}.png`, fullPage: true });
  const faults = [await axeFaults(page), await headingFaults(page), await overflowFaults(page, [SIZES[size].width, 320]), await targetFaults(page)];
  assert.deepEqual(faults.flat(), [], `${name} on a ${size}`);
  await page.setViewportSize(SIZES[size]);
}

/** Sends a form; what it answers. */
async function sends(page, hand) {
  const answer = page.waitForResponse((response) => response.request().method() === 'POST');
  await hand.press(page.locator('main form button[type="submit"]:not([name])').last());
  return (await answer).status();
}

async function atKiosk(size) {
  if (!kiosk) {
    const manager = await somebody(LEAD, size);
    await manager.goto(`${demo.url}/settings/kiosks/open`);
    await manager.fill('[name="name"]', `In the entrance ${randomUUID().slice(0, 6)}`);
    await manager.locator('input[name="purpose"][value="door"]').check();
    await sends(manager, hands(manager));
    kiosk = await (await openContext(browser, { viewport: SIZES[size] })).newPage();
    await kiosk.goto(`${demo.url}/kiosk/begin`);
    await kiosk.fill('[name="code"]', await manager.locator('.sg-code').innerText());
    await sends(kiosk, hands(kiosk));
  }
  await kiosk.setViewportSize(SIZES[size]);
  return kiosk;
}

async function tellsWithPictures(journey, size, check) {
  const page = await atKiosk(size);
  await page.goto(`${demo.url}/kiosk`);
  const way = page.locator('a[href="/concerns/tell"]').first();
  assert.ok(await way.isVisible(), 'a child finds the pictures at the kiosk');
  await way.click();
  await page.waitForLoadState('load');
  if (check) await looksRight(page, size, 'tell');
  for (const picture of journey.pictures) await page.locator('.sg-pictures__item', { hasText: picture }).first().click();
  const told = page.waitForURL('**/concerns/told');
  await hands(page).press(page.locator('main form button[type="submit"]:not([name])').last());
  await told;
  assert.match(await words(page), /Thank you for telling/);
}

async function reports(journey, size, what, check) {
  const stranger = journey.by === 'nobody';
  const page = stranger ? await (await openContext(browser, { viewport: SIZES[size] })).newPage() : await somebody(journey.by, size);
  const hand = hands(page, journey);
  await page.goto(`${demo.url}/concerns/report`);
  await hand.write(page.locator('textarea[name="what"]'), what);
  await hand.tick(page.locator('input[name="danger"][value="no"]'));
  await hand.open(page.locator('main form details summary'));
  if (journey.kind) await hand.pick(page.locator('select[name="kind"]'), journey.kind);
  if (journey.role) await choose(page, hand, 'adult-role', journey.role);
  if (journey.adult) {
    const option = page.locator('select[name="adult"] option', { hasText: journey.adult }).first();
    await hand.pick(page.locator('select[name="adult"]'), await option.getAttribute('value'));
  }
  assert.equal(await page.locator('main input[type="file"]').count(), 0, 'no picture can be sent with a report');
  if (check) await looksRight(page, size, 'report');
  const arrived = page.waitForURL('**/concerns/sent');
  await hand.press(page.locator('main form button[type="submit"]:not([name])').last());
  await arrived;
  const said = await words(page);
  assert.ok(said.includes(TOLD), said);
  if (!stranger) assert.match(said, /Reference/);
  if (journey.about) {
    const name = demo.accounts.find(({ role }) => role === journey.about).name;
    assert.ok(!said.split('It went to').at(1)?.includes(name), `it does not go to ${name}, whom it is about`);
  }
  if (stranger) await page.context().close();
}

/** A choice that is drawn as buttons or as a list. */
async function choose(page, hand, name, value) {
  const list = page.locator(`select[name="${name}"]`);
  if ((await list.count()) > 0) return hand.pick(list, value);
  return hand.tick(page.locator(`input[name="${name}"][value="${value}"]`));
}

/** The address of the newest case that says these words, as this person sees it. */
async function theCase(page, what) {
  await page.goto(`${demo.url}/concerns?words=${encodeURIComponent(what)}`);
  const found = page.locator('main a[href^="/concerns/cases/"]').first();
  return demo.url + (await found.getAttribute('href'));
}

/** For who is not on a case it is as if there were none. */
async function isNotThere(page, ...addresses) {
  for (const address of addresses) {
    assert.equal((await page.goto(address)).status(), 404, address);
    const there = await words(page);
    await page.goto(address.replace(/cases\/\d+/, 'cases/99999'));
    assert.equal(there, await words(page));
  }
}

async function begins(journey, page, hand, at) {
  await page.goto(at);
  if (journey.kind) {
    assert.ok((await words(page)).includes(`there are steps: ${journey.title}`), journey.title);
    await hand.press(page.locator(`main a[href*="procedure=${journey.procedure}"]`));
  } else {
    await hand.press(page.locator('main a[href^="/procedure/start"]').last());
    await choose(page, hand, 'procedure', journey.procedure);
  }
  if (journey.way) {
    assert.equal(await sends(page, hand), 422);
    assert.match(await page.content(), /Say how it came about/);
    await choose(page, hand, 'way', journey.way);
  }
  if (journey.ticks) await hand.tick(page.getByLabel(journey.ticks));
  assert.equal(await sends(page, hand), 303);
  await hand.press(page.locator('main a[href^="/procedure/cases/"]').last());
  assert.match(await words(page), new RegExp(journey.title));
  assert.match(await words(page), /First heard/);
}

/** One step of whoever leads it, on the page of the procedure. */
async function does(step, page, hand, size) {
  const at = page.url();
  const form = (name) => page.locator(`main a[href*="/procedure/${name}?"][href$="step=${step.step}"]`);
  const fills = async (answers) => {
    for (const [name, value] of Object.entries(answers)) {
      const field = page.locator(`main form textarea[name="${name}"], main form input[type="text"][name="${name}"], main form input[type="number"][name="${name}"]`);
      if ((await field.count()) > 0) await hand.write(field, value);
      else await choose(page, hand, name, value);
    }
  };
  if (step.says) assert.match(await words(page), step.says);
  if (step.shows) assert.match(await theStep(page, step.step), new RegExp(step.shows));
  if (step.outcome) {
    await hand.press(form('mark'));
    await fills({ outcome: step.outcome, ...(step.words ? { words: step.words } : {}) });
    assert.equal(await sends(page, hand), step.refused ? 422 : 303, step.step);
    if (step.refused) assert.match(await words(page), step.refused);
  }
  if (step.answers) {
    await hand.press(form('answer'));
    assert.equal(await page.locator('main input[type="file"]').count(), 0, 'nothing is attached to what the police answered');
    await fills(step.answers);
    assert.equal(await sends(page, hand), 303);
  }
  if (step.assesses) {
    await hand.press(form('assess'));
    await fills(step.assesses);
    assert.equal(await sends(page, hand), 303);
  }
  if (step.agrees) {
    assert.match(await theStep(page, step.step), /Somebody else on the case has to agree/);
    const second = await somebody(step.agrees, size);
    await second.goto(at);
    assert.equal(await sends(second, agreeing(second)), 303);
  }
  if (step.suspends) await isSuspended(page, hand, size, step.suspends);
  if (step.register) {
    await page.goto(`${demo.url}/procedure/breaches`);
    assert.ok((await words(page)).includes(step.register));
  }
  await page.goto(at);
}

/** Hands that press the one button that a second person has. */
function agreeing(page) {
  return { press: () => page.locator('main form button', { hasText: 'Agree that it is not needed' }).first().click() };
}

/** What the page says of one step. */
async function theStep(page, step) {
  const link = page.locator(`main a[href$="step=${step}"]`).first();
  return link.locator('xpath=ancestor::li[1]').innerText();
}

/** Access ends at once, looks like a wrong password, and comes back. */
async function isSuspended(page, hand, size, role) {
  const at = page.url();
  const account = demo.accounts.find((one) => one.role === role);
  const stranger = await (await openContext(browser, { viewport: SIZES[size] })).newPage();
  const refused = async (password) => {
    await signIn(stranger, demo.url, { ...account, password });
    assert.equal(new URL(stranger.url()).pathname, '/sign-in');
    return (await words(stranger)).replace(/\s+/g, ' ');
  };
  const wrong = await refused('not the password');
  await hand.press(page.locator('main a[href*="/procedure/suspend?"]'));
  await hand.write(page.locator('main textarea[name="why"]'), 'The designated officer advised it.');
  assert.equal(await sends(page, hand), 303);
  assert.equal(await refused(account.password), wrong, 'it looks as if the password were wrong');
  await page.goto(at);
  await hand.press(page.locator('main a[href*="/procedure/restore?"]'));
  await hand.write(page.locator('main textarea[name="why"]'), 'It was a misunderstanding.');
  assert.equal(await sends(page, hand), 303);
  await signIn(stranger, demo.url, account);
  assert.notEqual(new URL(stranger.url()).pathname, '/sign-in');
  await stranger.context().close();
}

/** Somebody tells, and whoever leads it is led through. */
async function walk(given, size, place) {
  // Keyboards stand at tablets.
  const journey = { ...given, keyboard: given.keyboard && size === 'tablet' };
  const what = journey.pictures ? journey.what : `${journey.what} (${size})`;
  if (journey.pictures) await tellsWithPictures(journey, size, true);
  else await reports(journey, size, what, place === 0);

  const page = await somebody(journey.leads, size);
  const hand = hands(page, journey);
  const at = await theCase(page, what);
  await page.goto(at);
  assert.ok((await words(page)).includes(journey.what));
  await hand.press(page.locator('main button', { hasText: 'Take it on' }));
  if (journey.unseen) {
    await page.goto(at);
    assert.match(await words(page), /No files are taken in this case/);
    assert.equal(await page.locator('main a[href*="add-file"]').count(), 0);
    const number = at.split('/').at(-1);
    assert.equal((await page.goto(`${demo.url}/concerns/add-file?case=${number}`)).status(), 404);
  }
  await begins(journey, page, hand, at);
  const run = page.url();
  await looksRight(page, size, `${journey.procedure}-${place}`);
  assert.match(await words(page), /Do not/);
  for (const step of journey.steps) await does(step, page, hand, size);

  // It does not end before its steps do.
  await page.goto(at);
  await looksRight(page, size, `case-${place}`);
  await hand.open(page.locator('main details summary', { hasText: 'Before it can be closed' }));
  assert.match(await words(page), /a step of what has to be done is still open/);

  const outside = await somebody(OUTSIDER, size);
  await isNotThere(outside, at, run);
  if (journey.about) await isNotThere(await somebody(journey.about, size), at, run);
}

for (const size of Object.keys(SIZES)) {
  describe(`on a ${size}`, () => {
    for (const [place, journey] of JOURNEYS.entries()) {
      const how = journey.keyboard && size === 'tablet' ? ', by keyboard alone' : '';
      it(`${journey.procedure}: ${journey.by} tells, ${journey.leads} leads${how}`, () => walk(journey, size, place));
    }
  });
}
