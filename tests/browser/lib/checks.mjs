// What every page is held to. Each check answers with a list of faults in words; an empty list is good.

import axe from 'axe-core';

const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** 320 is 1280 at 400 % zoom. */
export const WIDTHS = [1280, 768, 360, 320];
const TARGET_PX_LEAST = 44;
const TABS_MAX = 120;

/** Accessibility faults that axe-core finds. */
export async function axeFaults(page) {
  await page.evaluate(axe.source);
  const violations = await page.evaluate(
    async (tags) => {
      const options = { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'], preload: false };
      const { violations } = await window.axe.run(document, options);
      return violations.map(({ id, help, nodes }) => ({ id, help, at: nodes.map((node) => node.html.slice(0, 160)) }));
    },
    AXE_TAGS,
  );
  return violations.map(({ id, help, at }) => `axe ${id}: ${help} (${at.length}): ${at.slice(0, 3).join(' | ')}`);
}

/** A document that has to be scrolled sideways, at each width. */
export async function overflowFaults(page, widths = WIDTHS) {
  const faults = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    const over = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      if (scrollWidth <= clientWidth) return null;
      const wide = [...document.body.querySelectorAll('*')].filter(
        (element) => element.getBoundingClientRect().right > clientWidth + 1,
      );
      const last = wide.at(-1);
      return `${scrollWidth} px wide, at ${last ? last.outerHTML.slice(0, 120) : 'the document'}`;
    });
    if (over) faults.push(`scrolls sideways at ${width} px: ${over}`);
  }
  return faults;
}

/** Buttons, and links of the navigation, that are too small for a finger on a tablet. */
export async function targetFaults(page) {
  await page.setViewportSize({ width: 768, height: 1024 });
  return page.evaluate((least) => {
    const inSentence = (link) => {
      if (link.tagName !== 'A') return false;
      const around = link.closest('li, p, td, dd, div, nav');
      return around !== null && around.textContent.trim().length > link.textContent.trim().length + 20 && getComputedStyle(link).display === 'inline';
    };
    const targets = document.querySelectorAll('nav a[href], button, [role="button"], input[type="submit"], summary');
    return [...targets]
      .filter((target) => target.checkVisibility({ visibilityProperty: true }) && !inSentence(target))
      .map((target) => ({ target, box: target.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && box.height > 1)
      .filter(({ box }) => box.width < least - 0.5 || box.height < least - 0.5)
      .map(({ target, box }) => {
        const size = `${Math.round(box.width)} × ${Math.round(box.height)} px`;
        return `too small for a finger: ${size}, ${least} is the least: ${target.outerHTML.slice(0, 120)}`;
      });
  }, TARGET_PX_LEAST);
}

/** One main heading, a title, and a main part. */
export async function headingFaults(page) {
  const { title, headings, mains } = await page.evaluate(() => ({
    title: document.title.trim(),
    headings: [...document.querySelectorAll('h1')].map((heading) => heading.textContent.trim()),
    mains: document.querySelectorAll('main').length,
  }));
  const faults = [];
  if (!title) faults.push('has no title');
  if (headings.length !== 1) faults.push(`has ${headings.length} main headings (h1)`);
  if (headings.includes('')) faults.push('has an empty main heading');
  if (mains !== 1) faults.push(`has ${mains} main parts`);
  return faults;
}

/** Routes that can't be told apart by their titles: `[{ route, title }]`. */
export function titleFaults(pages) {
  const byTitle = Map.groupBy ? Map.groupBy(pages, (page) => page.title) : grouped(pages);
  return [...byTitle]
    .filter(([, same]) => same.length > 1)
    .map(([title, same]) => `'${title}' is the title of ${same.map((page) => page.route).join(' and ')}`);
}

function grouped(pages) {
  const byTitle = new Map();
  for (const page of pages) byTitle.set(page.title, [...(byTitle.get(page.title) ?? []), page]);
  return byTitle;
}

/**
 * Watches a page from before it is opened; `faults()` says what went wrong since it was last asked:
 * what the content policy stopped, errors in the console, and anything fetched from elsewhere.
 */
export function watch(page, url) {
  let faults = [];
  const own = new URL(url).origin;
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`error in the console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`error in a script: ${error.message}`));
  page.on('request', (request) => {
    const asked = new URL(request.url());
    if (/^(https?|wss?):$/.test(asked.protocol) && asked.origin !== own) faults.push(`asks elsewhere: ${request.url()}`);
  });
  page.on('requestfailed', (request) => {
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') faults.push(`could not fetch ${request.url()}`);
  });
  return {
    faults() {
      const found = faults;
      faults = [];
      return found;
    },
  };
}

/** The content policy that a page is sent with: there has to be one, and it allows no inline script. */
export function policyFaults(response) {
  const policy = response.headers()['content-security-policy'];
  if (!policy) return ['is sent without a content-security-policy'];
  const rules = new Map(policy.split(';').map((rule) => rule.trim().split(/\s+/)).map(([name, ...values]) => [name, values]));
  const scripts = rules.get('script-src') ?? rules.get('default-src');
  if (!scripts) return ['its content-security-policy says nothing about scripts'];
  const open = scripts.filter((value) => ["'unsafe-inline'", "'unsafe-eval'", '*', 'data:', 'http:', 'https:'].includes(value));
  return open.map((value) => `its content-security-policy lets scripts in by ${value}`);
}

/**
 * With the Tab key alone, on a page that was just opened: every link, button and field is reached,
 * in the order of the page, and shows that it has the focus.
 */
export async function keyboardFaults(page) {
  const count = await page.evaluate(prepareForKeyboard);
  const steps = Math.min(count, TABS_MAX) + 2;
  for (let step = 0; step < steps; step += 1) {
    await page.keyboard.press('Tab');
    await page.evaluate(() => window.stairgateKeyboard.look());
  }
  return page.evaluate((all) => window.stairgateKeyboard.faults(all), count <= TABS_MAX);
}

/** Runs in the page. */
function prepareForKeyboard() {
  const named = (element) => element.outerHTML.slice(0, 120);
  const drawn = (element, pseudo) => {
    const style = getComputedStyle(element, pseudo);
    const outline = style.outlineStyle === 'none' ? 'none' : `${style.outlineStyle} ${style.outlineWidth} ${style.outlineColor}`;
    return [outline, style.boxShadow, style.backgroundColor, style.borderColor, style.borderWidth, style.textDecorationLine].join(';');
  };
  // A field that is drawn by its label shows the focus there.
  const look = (element) =>
    [element, ...(element.labels ?? []), element.parentElement]
      .filter(Boolean)
      .flatMap((part) => [drawn(part), drawn(part, '::before'), drawn(part, '::after')])
      .join('|');
  const groups = new Set();
  const oneOfItsGroup = (element) => {
    if (element.type !== 'radio' || !element.name) return true;
    const same = [...document.querySelectorAll('input[type="radio"]')].filter(
      (radio) => radio.name === element.name && radio.form === element.form,
    );
    const chosen = same.find((radio) => radio.checked);
    if (chosen) return chosen === element;
    const key = `${element.name} ${[...document.forms].indexOf(element.form)}`;
    if (groups.has(key)) return false;
    groups.add(key);
    return true;
  };
  const kinds = 'a[href], area[href], button, input:not([type="hidden"]), select, textarea, summary, [tabindex], [contenteditable="true"]';
  const order = [...document.querySelectorAll(kinds)].filter(
    (element) =>
      !element.matches(':disabled') && element.tabIndex >= 0 && !element.closest('[inert]') &&
      element.checkVisibility({ visibilityProperty: true }) && oneOfItsGroup(element),
  );
  const before = new Map(order.map((element) => [element, look(element)]));
  const faults = order.filter((element) => element.tabIndex > 0).map((element) => `jumps the order: ${named(element)}`);
  // An unreachable thing to click is a fault, too.
  for (const element of document.querySelectorAll('[onclick], [role="button"], [role="link"]')) {
    if (element.tabIndex < 0 && element.checkVisibility()) faults.push(`can't be reached by keyboard: ${named(element)}`);
  }
  const seen = new Set();
  let last = -1;
  window.stairgateKeyboard = {
    look() {
      document.getAnimations().forEach((animation) => animation.finish?.());
      const element = document.activeElement;
      const at = order.indexOf(element);
      if (at < 0) return;
      // Where the keyboard goes on after the last is for the browser to say.
      const wasLast = last === order.length - 1;
      if (last >= 0 && !wasLast && at !== last && at !== last + 1) {
        faults.push(`comes out of order: ${named(element)} after ${named(order[last])}`);
      }
      last = at;
      if (seen.has(element)) return;
      seen.add(element);
      if (look(element) === before.get(element)) faults.push(`does not show the focus: ${named(element)}`);
      const box = element.getBoundingClientRect();
      const byLabel = [...(element.labels ?? [])].some((label) => label.getBoundingClientRect().width > 1);
      if ((box.width <= 1 || box.right <= 0 || box.bottom <= 0) && !byLabel) faults.push(`has the focus and can't be seen: ${named(element)}`);
    },
    faults(all) {
      const missed = all ? order.filter((element) => !seen.has(element)) : [];
      return [...faults, ...missed.map((element) => `can't be reached by keyboard: ${named(element)}`)];
    },
  };
  return order.length;
}

/** Without JavaScript: the page answers, has its heading and content, and each form can be sent. */
export async function scriptlessFaults(page, url) {
  const answer = await page.goto(url, { waitUntil: 'load' });
  if (answer.status() !== 200) return [`answers ${answer.status()} without JavaScript`];
  const { text, headings, dumb } = await page.evaluate(() => ({
    text: (document.querySelector('main')?.innerText ?? '').trim(),
    headings: document.querySelectorAll('main h1, h1').length,
    dumb: [...document.querySelectorAll('form')]
      .filter((form) => ![...form.elements].some((part) => ['submit', 'image'].includes(part.type)))
      .map((form) => form.outerHTML.slice(0, 120)),
  }));
  const faults = dumb.map((form) => `a form that can't be sent without JavaScript: ${form}`);
  if (headings === 0) faults.push('has no main heading without JavaScript');
  if (text.length < 20) faults.push('has no content without JavaScript');
  return faults;
}

/** What a page is made of, apart from its words: pages that are made alike need one deep look. */
export function shape(page) {
  return page.evaluate(() => {
    const of = (element) => {
      const marks = [element.tagName, element.getAttribute('class') ?? '', element.getAttribute('type') ?? '', element.getAttribute('role') ?? ''];
      const parts = [...element.children].map(of);
      return `${marks.join('.')}(${[...new Set(parts)].join(',')})`;
    };
    return of(document.querySelector('main') ?? document.body);
  });
}
