// Runs the browser tests: `node run.mjs`, or `node run.mjs journeys/sign-in.test.mjs` for some of them.

import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const FOLDERS = ['self', '.', 'journeys'];

const inFolder = (folder) =>
  readdirSync(`${here}/${folder}`)
    .filter((name) => name.endsWith('.test.mjs'))
    .sort()
    .map((name) => `${folder}/${name}`);

const chosen = process.argv.slice(2);
const files = chosen.length > 0 ? chosen : FOLDERS.flatMap(inFolder);
const flags = ['--test', '--test-concurrency=2', '--test-reporter=spec', '--test-timeout=1500000'];
const tests = spawn(process.execPath, [...flags, ...files], { cwd: here, stdio: 'inherit' });
tests.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
