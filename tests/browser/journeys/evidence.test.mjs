// What the setting shows of itself: the chair's report, the inspector's ten minutes, and paper.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { openBrowser } from '../lib/browser.mjs';
import { startDemo } from '../lib/demo.mjs';
import { comes, follow, press, words } from '../lib/people.mjs';

const MANAGER = 'manager and safeguarding lead';
const run = promisify(execFile);

const demo = await startDemo();
const browser = await openBrowser();
const folder = await mkdtemp(join(tmpdir(), 'stairgate-paper-'));

after(async () => {
  await browser.close();
  await demo.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The text of a PDF, one space between words. */
async function textOf(bytes, name) {
  const file = join(folder, name);
  await writeFile(file, bytes);
  const { stdout } = await run('pdftotext', [file, '-'], { maxBuffer: 32 * 1024 * 1024 });
  return stdout.replaceAll(/\s+/g, ' ');
}

/** Names of all children, from the pages of the list. */
async function childrensNames(page) {
  const names = new Set();
  for (let number = 1; number < 20; number += 1) {
    await page.goto(`${demo.url}/people?page=${number}`);
    const rows = await page.locator('main table tbody tr').allInnerTexts();
    if (rows.length === 0) break;
    for (const row of rows) if (/\tChild|\nChild/.test(row)) names.add(row.split(/[\t\n]/)[0].trim());
    if ((await page.locator('.govuk-pagination__next').count()) === 0) break;
  }
  return names;
}

describe('the chair', () => {
  it('opens the report, keeps it as PDF without a child’s name, and records that it was presented', async () => {
    const manager = await comes(browser, demo, MANAGER);
    const children = await childrensNames(manager.page);
    assert.ok(children.size >= 50, `${children.size} children are known`);
    const { page, context } = await comes(browser, demo, 'chair of the committee');
    await page.goto(`${demo.url}/reports`);
    await follow(page, /^Report 4$/);
    assert.match(await words(page), /In short/);
    const answer = await context.request.get(`${page.url()}?as=pdf`);
    assert.equal(answer.headers()['content-type'], 'application/pdf');
    const text = await textOf(await answer.body(), 'report.pdf');
    assert.match(text, /Oversight report 4/);
    assert.match(text, /ledger/i);
    for (const name of children) assert.ok(!text.includes(name), `the report names ${name}`);
    await page.goto(`${demo.url}/reports`);
    await follow(page, /^Record/);
    assert.equal(new URL(page.url()).pathname, '/reports/present');
    await page.locator('input[name="report"]').first().check();
    await page.locator('input[name="to"]').last().check();
    await page.locator('main textarea').first().fill('The committee agreed to ask for a second tablet.');
    await page.locator('main button[type="submit"]').first().click();
    await page.waitForLoadState('load');
    assert.equal(await page.locator('.govuk-error-summary').count(), 0, (await words(page)).slice(0, 400));
    await context.close();
    await manager.context.close();
  });
});

describe('an inspector beside the manager', () => {
  it('goes from Today to a breached clause, its evidence, the entry in Activity, and checks the ledger', async () => {
    const { page, context } = await comes(browser, demo, MANAGER);
    await follow(page, /Breached/);
    await page.locator('.govuk-task-list__link').first().click();
    await page.waitForLoadState('load');
    assert.match(new URL(page.url()).pathname, /^\/policy\/clauses\//);
    const clause = await words(page);
    assert.match(clause, /Breached/);
    const entry = page.locator('main a[href^="/activity/"]');
    assert.ok((await entry.count()) > 0, 'the evidence leads to an entry');
    await entry.first().click();
    await page.waitForLoadState('load');
    assert.match(await words(page), /20\d\d/);
    await page.goto(`${demo.url}/activity`);
    await press(page, /Check it now/);
    assert.match(await words(page), /whole/i);
    await context.close();
  });
});

describe('the policy on paper', () => {
  it('has the words and how they stand, and nothing to press', async () => {
    const { page, context } = await comes(browser, demo, MANAGER);
    await page.goto(`${demo.url}/policy/print`);
    const text = await textOf(await page.pdf({ format: 'A4' }), 'printed.pdf');
    assert.match(text, /Online safety policy/);
    assert.match(text, /What we aim for/);
    assert.match(text, /Breached/);
    assert.doesNotMatch(text, /Your account|Apply filter|Help with this page|Keep as PDF/);
    assert.doesNotMatch(text, /1 What we aim for 1 What we aim for/);
    const made = await context.request.get(`${demo.url}/policy/print?as=pdf`);
    assert.match(await textOf(await made.body(), 'made.pdf'), /What we aim for/);
    await context.close();
  });
});
