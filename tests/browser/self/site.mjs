#!/usr/bin/env node
// A small site of our own, good pages and bad ones, to show that each check finds what it is for.
// Run by itself (`node self/site.mjs demo --data DIR --listen ADDRESS`) it plays the demo.

import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';

const POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; form-action 'self'";

const STYLE = `
  body { margin: 0; font: 18px/1.5 sans-serif; color: #111; background: #fff }
  a { color: #003078 }
  nav a, button { display: inline-block; min-height: 44px; min-width: 44px; font: inherit }
  summary { padding: 12px }
  input { font: inherit; min-height: 40px; border: 2px solid #111; max-width: 100% }
  :focus-visible { outline: 3px solid #d50 }
  .no-focus:focus { outline: none }
  .pale { color: #ccc }
  .wide { width: 900px }
  .small { min-height: 20px; min-width: 20px; padding: 0; line-height: 1 }
  .gone { position: absolute; left: -9999px }
`;

export const ACCOUNTS = [
  { role: 'manager', user: 'morgan', password: 'lantern-river-9', name: 'Morgan Vale' },
  { role: 'parent', user: 'pip', password: 'harbour-kite-4', name: 'Pip Arrow' },
];

const page = (title, body, head = '') => `<!doctype html><html lang="en-GB"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title>
<link rel="stylesheet" href="/style.css"><link rel="icon" href="/icon.svg">${head}</head><body>
<header><nav aria-label="Main"><a href="/">Today</a> <a href="/people">People</a></nav></header>
<main>${body}</main></body></html>`;

const heading = '<h1>A page</h1><p>There are some words on this page, as there should be.</p>';
const field = '<label for="name">Name</label> <input id="name" name="name" autocomplete="off">';

/** Bad pages, by what is wrong with them. */
export const BAD = {
  '/bad/contrast': page('Pale', `${heading}<p class="pale">Too pale to read</p>`),
  '/bad/label': page('No label', `${heading}<form method="post"><input name="a"><button>Send</button></form>`),
  '/bad/wide': page('Wide', `${heading}<div class="wide">Wide</div>`),
  '/bad/small': page('Small', `${heading}<button class="small">x</button>`),
  '/bad/headings': page('Two headings', '<h1>One</h1><h1>Two</h1><p>There are some words on this page.</p>'),
  '/bad/title': page('', heading),
  '/bad/inline-script': page('Script', `${heading}<script>document.title = 'changed'</script>`),
  '/bad/error': page('Error', heading, '<script src="/broken.js" defer></script>'),
  '/bad/missing': page('Missing', heading, '<script src="/none.js" defer></script>'),
  '/bad/elsewhere': page('Elsewhere', `${heading}<img alt="" src="http://192.0.2.1/x.png">`),
  '/bad/no-focus': page('No focus', `${heading}<button class="no-focus">Send</button>`),
  '/bad/order': page('Order', `${heading}<button>First</button> <button tabindex="5">Second</button>`),
  '/bad/unreachable': page('Out of reach', `${heading}<span role="button">Press</span>`),
  '/bad/gone': page('Gone', `${heading}<button class="gone">Send</button>`),
  '/bad/script-only': page('Script only', '<div id="late"></div>', '<script src="/late.js" defer></script>'),
  '/bad/no-submit': page('No submit', `${heading}<form method="post">${field}</form>`),
};

const SIGN_IN = (user = '', wrong = '') => page(
  wrong ? 'Error: Sign in' : 'Sign in',
  `<h1>Sign in</h1>${wrong}<p>With the name and password that you were given.</p><form method="post" action="/sign-in">
  <label for="user">User name</label> <input id="user" name="user" autocomplete="username" value="${user}">
  <label for="password">Password</label> <input id="password" name="password" type="password" autocomplete="current-password">
  <button>Sign in</button></form>`,
);

const GOOD = {
  '/': page('Today', '<h1>Today</h1><p>There is nothing to do today, and that is good.</p><p><a href="/policy?a=1&amp;b=2">The policy</a></p>'),
  '/people': page('People', `<h1>People</h1><ul><li><a href="/people/12">Ada</a> is in the green room</li><li><a href="/people/13">Bo</a> is in the blue room</li></ul>
    <form method="get">${field} <button>Find</button> <details><summary>More</summary><a href="/people/99">Hidden</a></details></form>`),
  '/people/12': page('Ada', '<h1>Ada</h1><p>Ada is in the green room on most days.</p><p><a href="/report.pdf">Report</a> <a href="/people/12">Ada</a></p>'),
  '/policy': page('Policy', '<h1>Policy</h1><p>What we do, and what we do not do, with screens.</p>'),
};

const answer = (response, status, type, body, headers = {}) => {
  response.writeHead(status, { 'content-type': type, 'content-security-policy': POLICY, ...headers });
  response.end(body);
};

function signIn(request, response) {
  let sent = '';
  request.on('data', (part) => (sent += part));
  request.on('end', () => {
    const form = new URLSearchParams(sent);
    const known = ACCOUNTS.find((one) => one.user === form.get('user') && one.password === form.get('password'));
    if (known) return answer(response, 303, 'text/plain', '', { location: '/', 'set-cookie': `who=${known.user}; HttpOnly` });
    const wrong = '<div role="alert"><h2>There is a problem</h2><p>The user name or password is not right.</p></div>';
    return answer(response, 200, 'text/html', SIGN_IN(form.get('user'), wrong));
  });
}

function respond(request, response) {
  const path = new URL(request.url, 'http://here').pathname;
  if (path === '/style.css') return answer(response, 200, 'text/css', STYLE);
  if (path === '/icon.svg') return answer(response, 200, 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>');
  if (path === '/broken.js') return answer(response, 200, 'text/javascript', 'throw new Error("broken")');
  if (path === '/late.js') {
    return answer(response, 200, 'text/javascript', `document.getElementById('late').innerHTML = ${JSON.stringify(heading)}`);
  }
  if (path === '/report.pdf') return answer(response, 200, 'application/pdf', '%PDF');
  if (path === '/bad/no-policy') {
    response.writeHead(200, { 'content-type': 'text/html' });
    return response.end(page('No policy', heading));
  }
  if (BAD[path]) return answer(response, 200, 'text/html', BAD[path]);
  if (path === '/sign-in' && request.method === 'POST') return signIn(request, response);
  if (path === '/sign-in') return answer(response, 200, 'text/html', SIGN_IN());
  if (!request.headers.cookie?.includes('who=')) return answer(response, 303, 'text/plain', '', { location: '/sign-in' });
  if (GOOD[path]) return answer(response, 200, 'text/html', GOOD[path]);
  return answer(response, 404, 'text/html', page('Not found', '<h1>Not found</h1>'));
}

/** Serves the site: `{ url, close() }`. */
export function serve(port = 0) {
  return new Promise((resolve) => {
    const server = createServer(respond);
    server.listen(port, '127.0.0.1', () => {
      resolve({ url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() });
    });
  });
}

async function playDemo() {
  const option = (name) => process.argv[process.argv.indexOf(name) + 1];
  mkdirSync(option('--data'), { recursive: true });
  writeFileSync(`${option('--data')}/demo-accounts.json`, JSON.stringify(ACCOUNTS));
  const { url } = await serve(Number(option('--listen').split(':').at(-1)));
  process.stdout.write(`Open ${url}\n`);
}

if (process.argv[2] === 'demo' && import.meta.url === pathToFileURL(process.argv[1]).href) await playDemo();
