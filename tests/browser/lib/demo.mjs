// The demo that pages are tested on: its own process, free port and new data folder each time.
//
// What the demo has to do: leave `demo-accounts.json` in its data folder, one account for each role
// ([{"role", "user", "password", "name"}]), and then, when it is ready, print a line with
// `http://127.0.0.1:PORT`. It ends on SIGTERM.

import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BINARY = fileURLToPath(new URL('../../../target/release/stairgate', import.meta.url));
const READY_MS_MAX = 120_000;
const STOP_MS_MAX = 5_000;
const LINES_KEPT = 40;
const ANSWER_TRIES_MAX = 200;

/**
 * Starts the demo and waits until it answers: `{ url, accounts, data, stop() }`.
 * To use one that runs already, set STAIRGATE_URL to its address and STAIRGATE_DATA to its folder.
 */
export async function startDemo({ binary = process.env.STAIRGATE_BINARY ?? BINARY } = {}) {
  if (process.env.STAIRGATE_URL && process.env.STAIRGATE_DATA) {
    const data = process.env.STAIRGATE_DATA;
    return { url: process.env.STAIRGATE_URL, data, accounts: await accountsIn(data), stop: async () => {} };
  }
  const folder = await mkdtemp(join(tmpdir(), 'stairgate-demo-'));
  const data = join(folder, 'data');
  const url = `http://127.0.0.1:${await freePort()}`;
  const listen = url.replace('http://', '');
  const demo = spawn(binary, ['demo', '--data', data, '--listen', listen], { stdio: ['ignore', 'pipe', 'pipe'] });
  const stop = () => stopped(demo, folder);
  try {
    await ready(demo, url, binary);
    return { url, data, accounts: await accountsIn(data), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Starts a new, empty Stairgate: `{ url, data, restart(signal), stop() }`. `restart` ends it by the
 * signal and starts it again at the same address on the same data.
 */
export async function startEmpty({ binary = process.env.STAIRGATE_BINARY ?? BINARY } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'stairgate-empty-'));
  const data = join(folder, 'data');
  const url = `http://127.0.0.1:${await freePort()}`;
  const start = async () => {
    const server = spawn(binary, ['serve', '--data', data, '--listen', url.replace('http://', '')], { stdio: 'ignore' });
    await answers(url);
    return server;
  };
  let server = await start();
  return {
    url,
    data,
    async restart(signal) {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill(signal);
      await ended;
      server = await start();
    },
    stop: () => stopped(server, folder),
  };
}

/** Waits until a server answers. */
async function answers(url) {
  for (let tried = 0; tried < ANSWER_TRIES_MAX; tried += 1) {
    const ok = await fetch(`${url}/health`).then((answer) => answer.ok, () => false);
    if (ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`nothing answers at ${url}`);
}

/** Waits until the demo prints its address. What it prints is read on, so that it never has to wait. */
function ready(demo, url, binary) {
  return new Promise((resolve, reject) => {
    const said = [];
    const fail = (why) => reject(new Error(`${why}\n${said.slice(-LINES_KEPT).join('')}`));
    const late = setTimeout(() => fail(`the demo was not ready in ${READY_MS_MAX / 1000} s`), READY_MS_MAX);
    const hear = (text) => {
      said.push(String(text));
      if (said.length > LINES_KEPT) said.splice(0, said.length - LINES_KEPT);
      if (said.join('').includes(url)) {
        clearTimeout(late);
        resolve();
      }
    };
    demo.stdout.on('data', hear);
    demo.stderr.on('data', hear);
    demo.on('error', (error) => {
      clearTimeout(late);
      fail(`could not start ${binary}: ${error.message}`);
    });
    demo.on('exit', (code) => {
      clearTimeout(late);
      fail(`the demo ended by itself with ${code}`);
    });
  });
}

async function accountsIn(data) {
  const accounts = JSON.parse(await readFile(join(data, 'demo-accounts.json'), 'utf8'));
  const whole = (account) => account.role && account.user && account.password;
  if (!Array.isArray(accounts) || accounts.length === 0 || !accounts.every(whole)) {
    throw new Error('demo-accounts.json lists no accounts with role, user and password');
  }
  return accounts;
}

async function stopped(demo, folder) {
  if (demo.pid !== undefined && demo.exitCode === null && demo.signalCode === null) {
    const ended = new Promise((resolve) => demo.once('exit', resolve));
    demo.kill('SIGTERM');
    const late = setTimeout(() => demo.kill('SIGKILL'), STOP_MS_MAX);
    await ended;
    clearTimeout(late);
  }
  await rm(folder, { recursive: true, force: true });
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
