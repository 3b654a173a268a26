// The browser that pages are tested in: Debian's Chromium, headless, with a new empty profile.

import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the browser. Close it with `browser.close()`. */
export async function openBrowser() {
  const executablePath = PLACES.find((place) => existsSync(place));
  if (!executablePath) {
    throw new Error('Chromium is not here: cargo xtask test --only machine installs it');
  }
  return chromium.launch({ executablePath, args: FLAGS, headless: true });
}

/** A context as this suite uses it: no motion, a desktop's width, scripts on or off. */
export function openContext(browser, options = {}) {
  return browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    ...options,
  });
}
