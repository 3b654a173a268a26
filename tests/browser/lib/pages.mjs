// Finding one's way: signing in, and the pages that one can get to by links.

const LINKS_MAX = 2_000;

/** Signs in on the sign-in page and waits for the page that follows. */
export async function signIn(page, url, account) {
  await page.goto(`${url}/sign-in`);
  await page.fill('input[name="user"]', account.user);
  await page.fill('input[name="password"]', account.password);
  await page.locator('form:has(input[name="password"]) button:not([type="button"])').first().click();
  await page.waitForLoadState('load');
}

/** Signs in and fails where the sign-in page comes back. */
export async function signedIn(page, url, account) {
  await signIn(page, url, account);
  if (new URL(page.url()).pathname === '/sign-in') {
    throw new Error(`${account.role} could not sign in as ${account.user}`);
  }
}

/** Folders whose pages are all made alike, whatever the name in their address is. */
const ALIKE = new Set(['clauses', 'controls', 'registers', 'roles']);

/** The route of a path: `/people/12` and `/people/13` are both `/people/{}`. */
export function pattern(path) {
  const isId = (part, before) => /^\d/.test(part) || /^(?=.*\d)[A-Za-z0-9._-]{6,}$/.test(part) || (ALIKE.has(before) && isName(part));
  return path
    .split('?')[0]
    .split('/')
    .map((part, place, parts) => (isId(part, parts[place - 1]) ? '{}' : part))
    .join('/');
}

/** A name of a thing, not of a page: those of roles and controls have a dot or a hyphen. */
function isName(part) {
  return /[.-]/.test(part);
}

/**
 * Follows links of the same site from `from`, one page for each route, up to `max` pages:
 * `[{ path, route, status, from, html }]`; `leave` says of a route that it is not to be followed. What is not HTML (a PDF, a table) is only asked for.
 */
export async function visitAll(context, url, { from = ['/'], max = 60, leave = () => false } = {}) {
  const seen = new Set();
  const waiting = [];
  const add = (path, source) => {
    const route = pattern(path);
    if (seen.has(route) || seen.size > LINKS_MAX || route === '/sign-out' || leave(route)) return;
    seen.add(route);
    waiting.push({ path, route, from: source });
  };
  from.forEach((path) => add(path, 'the start'));
  const pages = [];
  while (waiting.length > 0 && pages.length < max) {
    const next = waiting.shift();
    const answer = await context.request.get(url + next.path);
    const html = (answer.headers()['content-type'] ?? '').startsWith('text/html');
    const { pathname, search } = new URL(answer.url());
    const route = pattern(pathname);
    // Where a path leads on to a page that is known, there is nothing new to look at.
    if (route !== next.route && seen.has(route)) continue;
    seen.add(route);
    pages.push({ path: pathname + search, route, from: next.from, status: answer.status(), html });
    if (!html || answer.status() !== 200) continue;
    for (const path of links(await answer.text(), answer.url(), url)) add(path, next.path);
  }
  return pages;
}

/** The paths that a page links to on its own site. */
export function links(html, base, url) {
  const found = [];
  for (const [, , target] of html.matchAll(/<a\b[^>]*?\bhref=(["'])(.*?)\1/gis)) {
    const href = target.replaceAll('&amp;', '&').trim();
    if (!URL.canParse(href, base)) continue;
    const link = new URL(href, base);
    if (link.origin === new URL(url).origin) found.push(link.pathname + link.search);
  }
  return found;
}
