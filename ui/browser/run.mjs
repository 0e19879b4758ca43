// Builds the face, then tries it in a browser against the test host.
//
//     npm run browser                 all of it
//     npm run browser -- viewer       only what is named so
//
// KONTOR_HOST_PROGRAM  the test host (cargo build -p kontor-tests --bin host)
// KONTOR_BROWSER       a Chromium; found in the path if left out
// KONTOR_SHOTS         a folder for screenshots; none are made without it
// KONTOR_UPDATE=1      writes the snapshots of what a screen reader is told anew

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const wanted = process.argv.slice(2);
const files = readdirSync(here)
  .filter((name) => name.endsWith('.test.mjs'))
  .filter((name) => wanted.length === 0 || wanted.some((one) => name.includes(one)))
  .map((name) => `${here}${name}`);

step('npx', ['vite', 'build']);
// Each file has a host and a browser of its own; two at once would fight for the same cores.
step(process.execPath, ['--test', '--test-concurrency=1', '--test-reporter=spec', ...files]);

function step(program, parameters) {
  const { status } = spawnSync(program, parameters, { cwd: `${here}..`, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
