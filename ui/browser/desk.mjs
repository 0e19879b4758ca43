// A desk in a browser: the built face, the test host with its Kreis, and what the tests ask of them.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright-core';

const ui = fileURLToPath(new URL('..', import.meta.url));
const axeSource = readFileSync(`${ui}node_modules/axe-core/axe.min.js`, 'utf8');
const shots = process.env.KONTOR_SHOTS;

/** Starts a host with fresh data and a browser. Call `stop` when done. */
export async function start({ desk = 'anna' } = {}) {
  const token = 'test';
  const host = spawn(hostProgram(), ['--desk', desk, '--token', token, '--dist', `${ui}dist`], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const origin = await listening(host);
  const browser = await chromium.launch({
    executablePath: browserProgram(),
    // Chromium's own sandbox refuses to run for root, as in a container.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });

  async function post(path, payload) {
    const response = await fetch(`${origin}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(payload ?? {}),
    });
    const body = await response.text();
    assert.ok(response.ok, `${path}: ${body}`);
    return body === '' ? undefined : JSON.parse(body);
  }

  return {
    /** Runs a command at this desk. */
    run: async (name, payload) => (await post(`/run/${name}`, payload)).answer,
    /** Runs a command at the desk of a colleague. */
    as: async (who, name, payload) => (await post(`/test/as/${who}/run/${name}`, payload)).answer,
    offline: () => post('/test/offline'),
    online: () => post('/test/online'),
    /** Everything entered has reached the Zentrale. */
    settled: async () => {
      while ((await post('/run/status')).answer.waiting > 0) await new Promise((resolve) => setTimeout(resolve, 50));
    },
    /** Takes bytes in as a browser does. */
    upload: async (name, bytes) => {
      const response = await fetch(`${origin}/upload?name=${encodeURIComponent(name)}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: bytes,
      });
      return (await response.json()).path;
    },
    /** Opens the desk at a place: `#/vorgaenge/vorgang/…`. */
    open: async (place, { width = 1440, height = 900, theme = 'light', before } = {}) => {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: theme,
        reducedMotion: 'reduce',
        locale: 'de-DE',
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      const page = await context.newPage();
      const wrong = [];
      page.on('pageerror', (error) => wrong.push(error.message));
      await before?.(page);
      await page.goto(`${origin}/token/${token}`);
      await page.goto(`${origin}/${place}`);
      return Object.assign(page, { wrong });
    },
    stop: async () => {
      await browser.close();
      host.kill();
    },
  };
}

/** Fails with every violation axe finds. */
export async function accessible(page, what) {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document));
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  assert.deepEqual(told, [], `axe, ${what}`);
}

/** Compares what a screen reader is told with what was written down; `as` says what of it counts. */
export async function told(locator, name, { as = (said) => said } = {}) {
  const path = `${ui}browser/snapshots/${name}.yml`;
  const now = as(`${await locator.ariaSnapshot()}\n`);
  if (process.env.KONTOR_UPDATE === '1' || !existsSync(path)) {
    mkdirSync(`${ui}browser/snapshots`, { recursive: true });
    writeFileSync(path, now);
    assert.equal(process.env.KONTOR_UPDATE, '1', `${name} was written for the first time: look at it and run again`);
  }
  assert.equal(now, readFileSync(path, 'utf8'), `${name}: with KONTOR_UPDATE=1 it is written anew`);
}

/** What is told, without the numbers of a Kreis that grows. */
export function numberless(said) {
  return said.replaceAll(/\b\d+\b/g, 'N');
}

/** Of these there are as many as there are things on the desk. */
const REPEATED = new Set(['option', 'row', 'treeitem', 'listitem']);

/** What is told apart from what lies on the desk: landmarks, headings, controls, and where rows are. */
export function outline(said) {
  const lines = [];
  let within = Infinity;
  for (const line of said.split('\n')) {
    const [whole, indent, role, name = '', states = ''] =
      /^(\s*)- '?([a-z]+)( "(?:[^"\\]|\\.)*")?((?: \[[^\]]*\])*)/.exec(line) ?? [];
    if (whole === undefined || indent.length > within) continue;
    within = Infinity;
    if (role === 'text' || role === 'paragraph') continue;
    if (REPEATED.has(role)) within = indent.length;
    const kept = `${indent}- ${role}${REPEATED.has(role) ? '' : numberless(name) + states}`;
    if (kept !== lines.at(-1) || !REPEATED.has(role)) lines.push(kept);
  }
  return `${lines.join('\n')}\n`;
}

/** Keeps a picture, where somebody wants to look at them. */
export async function shot(page, name) {
  if (!shots) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: `${shots}/${name}.png` });
}

async function listening(host) {
  const lines = createInterface({ input: host.stdout });
  for await (const line of lines) {
    const event = JSON.parse(line);
    if (event.event === 'listening') return new URL(event.url).origin;
  }
  throw new Error('the test host ended before it listened');
}

function hostProgram() {
  const folder = process.env.CARGO_TARGET_DIR ?? `${ui}../target`;
  return process.env.KONTOR_HOST_PROGRAM ?? `${folder}/debug/host`;
}

function browserProgram() {
  if (process.env.KONTOR_BROWSER) return process.env.KONTOR_BROWSER;
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const places = (process.env.PATH ?? '').split(':').flatMap((folder) => names.map((name) => `${folder}/${name}`));
  const found = places.find(runs);
  assert.ok(found, 'no Chromium found; KONTOR_BROWSER says where it is');
  return found;
}

function runs(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
