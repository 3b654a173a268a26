// Starting and stopping the demo, and finding its pages, shown on a site that plays the demo.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openBrowser, openContext } from '../lib/browser.mjs';
import { startDemo } from '../lib/demo.mjs';
import { links, pattern, signedIn, visitAll } from '../lib/pages.mjs';

const SITE = fileURLToPath(new URL('./site.mjs', import.meta.url));

describe('the demo', () => {
  it('is started with its accounts, and is gone when it was stopped', async () => {
    const demo = await startDemo({ binary: SITE });
    assert.deepEqual(demo.accounts.map((account) => account.role), ['manager', 'parent']);
    assert.equal((await fetch(`${demo.url}/sign-in`)).status, 200);
    await demo.stop();
    await assert.rejects(fetch(demo.url));
    assert.equal(existsSync(demo.data), false);
  });

  it('that is not there is named', async () => {
    await assert.rejects(startDemo({ binary: '/nowhere/stairgate' }), /could not start \/nowhere\/stairgate/);
  });

  it('that ends by itself is reported with its last words', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'stairgate-self-'));
    const binary = join(folder, 'demo');
    await writeFile(binary, '#!/bin/sh\necho no room on the disk >&2\nexit 3\n', { mode: 0o755 });
    await assert.rejects(startDemo({ binary }), /ended by itself with 3[^]*no room on the disk/);
    await rm(folder, { recursive: true });
  });
});

describe('finding pages', () => {
  let demo;
  let browser;
  let context;
  let page;

  before(async () => {
    demo = await startDemo({ binary: SITE });
    browser = await openBrowser();
    context = await openContext(browser);
    page = await context.newPage();
  });
  after(async () => {
    await browser.close();
    await demo.stop();
  });

  it('fails for a password that is not right', async () => {
    await assert.rejects(signedIn(page, demo.url, { ...demo.accounts[0], password: 'no' }), /could not sign in/);
  });

  it('finds one page for each route, and what is not a page', async () => {
    await signedIn(page, demo.url, demo.accounts[0]);
    const pages = await visitAll(context, demo.url);
    assert.deepEqual(
      pages.map(({ path, status, html }) => [path, status, html]),
      [
        ['/', 200, true],
        ['/people', 200, true],
        ['/policy?a=1&b=2', 200, true],
        ['/people/12', 200, true],
        ['/report.pdf', 200, false],
      ],
    );
  });

  it('stops at the number of pages that it was given', async () => {
    assert.equal((await visitAll(context, demo.url, { max: 2 })).length, 2);
  });

  it('knows the route of a path', () => {
    assert.equal(pattern('/people/12'), '/people/{}');
    assert.equal(pattern('/people/01JD8Z6KQ2/edit?tab=1'), '/people/{}/edit');
    assert.equal(pattern('/policy/responsibilities'), '/policy/responsibilities');
  });

  it('leaves links to other sites alone', () => {
    const html = '<a href="/a?x=1&amp;y=2">A</a><a class="b" href=\'b\'>B</a><a href="https://example.org/">C</a><a href="mailto:x@example.org">D</a>';
    assert.deepEqual(links(html, 'http://127.0.0.1:1/people/', 'http://127.0.0.1:1'), ['/a?x=1&y=2', '/people/b']);
  });
});
