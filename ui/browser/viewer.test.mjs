// The viewer, against made-up documents: what shows, what is heard, what happens when drawing fails.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { accessible, shot, start, told } from './desk.mjs';
import { hashOf, paper } from './paper.mjs';

const [LETTER, SCAN, LOCKED, PLAIN, DEAD] = ['a', 'b', 'c', 'd', 'e'].map(hashOf);

/** An id nobody has. */
const UNKNOWN = '01900000-0000-7000-8000-000000000000';

const DOCUMENTS = {
  [LETTER]: {
    pages: 3,
    links: {
      0: [
        { x: 60, y: 400, w: 80, h: 12, uri: 'https://www.kreis.example/gewerbe' },
        { x: 60, y: 430, w: 80, h: 12, page: 2 },
      ],
    },
  },
  [SCAN]: { pages: 1000 },
  [LOCKED]: {
    problem: {
      code: 'encrypted',
      sentence: 'Das Schriftstück ist mit einem Kennwort geschützt.',
      hint: 'Bitte speichern Sie das Original.',
    },
  },
  [PLAIN]: { kind: 'text', text: 'Vermerk\nTelefonat mit Frau Lennartz.\n' },
  [DEAD]: { pages: 3, dead: [1] },
};

describe('the viewer', () => {
  let desk;
  before(async () => (desk = await start()));
  after(() => desk.stop());

  async function open(hash, options = {}) {
    let asked;
    const { original } = options;
    const query = new URLSearchParams({ viewer: hash, title: 'Lageplan.pdf' });
    if (original) query.set('original', JSON.stringify(original));
    const page = await desk.open(`?${query}`, {
      width: 700,
      height: 800,
      ...options,
      before: async (page) => (asked = await paper(page, DOCUMENTS)),
    });
    return Object.assign(page, { asked });
  }

  const sharp = (page, number) =>
    page.waitForFunction(
      (label) => document.querySelectorAll(`section[aria-label="${label}"] img`).length === 2,
      `Seite ${number} von ${page.all}`,
    );
  const current = (page) => page.getByRole('textbox', { name: 'Seite' }).inputValue();

  for (const theme of ['light', 'dark']) {
    it(`has no barrier, ${theme}`, async () => {
      const page = Object.assign(await open(LETTER, { theme }), { all: 3 });
      await sharp(page, 1);
      await accessible(page, `letter, ${theme}`);
      await shot(page, `viewer-letter-${theme}`);
      await page.keyboard.press('Control+f');
      await page.keyboard.type('Grund');
      await page.getByText('1 von 3', { exact: true }).waitFor();
      await accessible(page, `search, ${theme}`);
      await shot(page, `viewer-search-${theme}`);
      assert.deepEqual(page.wrong, []);
    });
  }

  it('reads a page aloud in its order', async () => {
    const page = Object.assign(await open(LETTER), { all: 3 });
    await page.locator('[data-run]').first().waitFor();
    await told(page.getByRole('region', { name: 'Seite 1 von 3' }), 'viewer-page');
  });

  it('shows something of every page a fling goes past', async () => {
    const page = Object.assign(await open(SCAN), { all: 1000 });
    await sharp(page, 1);
    const seen = await page.evaluate(async () => {
      const scroller = document.querySelector('.scroller');
      let pages = 0;
      let blank = 0;
      for (let step = 0; step < 60; step += 1) {
        scroller.scrollTop += 300;
        await new Promise(requestAnimationFrame);
        const window = scroller.getBoundingClientRect();
        const shown = [...scroller.querySelectorAll('section')].filter((section) => {
          const box = section.getBoundingClientRect();
          return box.bottom > window.top && box.top < window.bottom;
        });
        pages += shown.length;
        // Made-up pages come through the test itself; a busy machine may need a moment for that.
        const until = performance.now() + 100;
        const empty = () => shown.filter((section) => section.isConnected && !section.querySelector('img'));
        while (empty().length > 0 && performance.now() < until) await new Promise(requestAnimationFrame);
        blank += empty().length;
      }
      return { pages, blank };
    });
    assert.ok(seen.pages > 60, `saw ${seen.pages}`);
    assert.equal(seen.blank, 0);
  });

  it('jumps anywhere and calls off what it passed', async () => {
    const page = Object.assign(await open(SCAN), { all: 1000 });
    await sharp(page, 1);
    await page.getByRole('textbox', { name: 'Seite' }).fill('900');
    await page.keyboard.press('Enter');
    await sharp(page, 900);
    assert.equal(await current(page), '900');
    const pages = new Set(page.asked.map((path) => Number(/^(\d+)\?/.exec(path)?.[1] ?? 0)));
    assert.ok(
      [...pages].every((at) => at < 30 || at > 870),
      `asked for ${[...pages]}`,
    );
    assert.ok(page.asked.length < 150, `${page.asked.length} requests`);
  });

  it('pages with the space bar and remembers the place', async () => {
    const page = Object.assign(await open(LETTER), { all: 3 });
    await sharp(page, 1);
    await page.locator('.scroller').focus();
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('Space');
    assert.notEqual(await current(page), '1');
    for (let press = 0; press < 6; press += 1) await page.keyboard.press('Shift+Space');
    assert.equal(await current(page), '1');
    await page.keyboard.press('End');
    assert.equal(await current(page), '3');
  });

  it('keeps the place when it grows, turns and shrinks', async () => {
    const page = Object.assign(await open(SCAN), { all: 1000 });
    await sharp(page, 1);
    await page.getByRole('textbox', { name: 'Seite' }).fill('500');
    await page.keyboard.press('Enter');
    await page.locator('.scroller').focus();
    for (let press = 0; press < 4; press += 1) await page.keyboard.press('Control++');
    assert.equal(await current(page), '500');
    await page.getByRole('button', { name: 'Drehen' }).click();
    assert.equal(await current(page), '500');
    await page.getByRole('combobox', { name: 'Größe' }).selectOption('page');
    assert.equal(await current(page), '500');
    await sharp(page, 500);
  });

  it('copies words whole, without the hyphen at the line end', async () => {
    const page = Object.assign(await open(LETTER), { all: 3 });
    await page.locator('[data-run]').first().waitFor();
    await page.evaluate(() => {
      const runs = [...document.querySelectorAll('[data-run]')];
      const first = runs.find((run) => run.textContent.startsWith('hat 42'));
      const next = runs[runs.indexOf(first) + 1];
      const range = document.createRange();
      range.setStart(first.firstChild, 0);
      range.setEnd(next.firstChild, 4);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
    });
    await page.locator('.scroller').focus();
    await page.keyboard.press('Control+c');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, 'hat 42 m²; die Toilettenanlagen befinden sich im Erdgeschoss und sind barrierefrei');
  });

  it('follows a link within and only shows one that leads out', async () => {
    const page = Object.assign(await open(LETTER), { all: 3 });
    await page.locator('.link').first().waitFor();
    await page.locator('.link').first().click();
    const note = page.getByRole('dialog', { name: 'Dieser Verweis führt aus Kontor hinaus:' });
    await note.getByText('https://www.kreis.example/gewerbe').waitFor();
    await accessible(page, 'link');
    await page.keyboard.press('Escape');
    assert.equal(await note.count(), 0);
    await page.locator('.link').nth(1).click();
    assert.equal(await current(page), '3');
    assert.equal(page.context().pages().length, 1);
  });

  it('saves the original from a window of its own, or says why not', async () => {
    const original = { vorgang: UNKNOWN, schriftstueck: UNKNOWN, name: 'Lageplan.pdf' };
    const page = await open(LETTER, { original });
    const asked = new Promise((resolve) =>
      page.once('dialog', (dialog) => {
        resolve(dialog.defaultValue());
        void dialog.accept('/tmp/nirgends/Lageplan.pdf');
      }),
    );
    await page.getByRole('button', { name: 'Original speichern' }).click();
    assert.match(await asked, /Lageplan\.pdf$/);
    // The desk has no such document, and says so here.
    await page.getByRole('group', { name: /\.$/ }).waitFor();
    await accessible(page, 'not saved');
  });

  it('offers nothing it cannot do', async () => {
    const page = await open(LETTER);
    await page.getByRole('button', { name: 'Drucken' }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Original speichern' }).count(), 0);
  });

  it('says in a sentence what cannot be shown', async () => {
    const page = await open(LOCKED);
    await page.getByText('mit einem Kennwort geschützt').waitFor();
    await accessible(page, 'locked');
    await shot(page, 'viewer-locked');
  });

  it('goes on around a page at which the worker dies', async () => {
    const page = Object.assign(await open(DEAD), { all: 3 });
    await sharp(page, 1);
    await page.getByRole('textbox', { name: 'Seite' }).fill('2');
    await page.keyboard.press('Enter');
    await page.getByText('Die Anzeige ist kurz ausgefallen.').waitFor();
    const tries = page.asked.filter((path) => path.startsWith('1?') && !path.includes('px=128')).length;
    assert.ok(tries >= 3, `${tries} tries`);
    await accessible(page, 'dead worker');
    await page.getByRole('textbox', { name: 'Seite' }).fill('3');
    await page.keyboard.press('Enter');
    await sharp(page, 3);
    assert.deepEqual(page.wrong, []);
  });

  it('shows a text file as text', async () => {
    const page = await open(PLAIN);
    await page.getByText('Telefonat mit Frau Lennartz.').waitFor();
    await accessible(page, 'plain text');
    await page.keyboard.press('Control+f');
    await page.keyboard.type('frau');
    await page.getByText('1 von 1', { exact: true }).waitFor();
    assert.equal(await page.locator('mark').textContent(), 'Frau');
    assert.equal(await page.locator('pre').textContent(), 'Vermerk\nTelefonat mit Frau Lennartz.\n\n');
    await accessible(page, 'search in plain text');
  });

  it('reads as running text, without a page to scroll sideways', async () => {
    const page = Object.assign(await open(LETTER, { width: 640, height: 400 }), { all: 3 });
    await sharp(page, 1);
    await page.getByRole('button', { name: 'Als Text' }).click();
    await page.getByText('sind barrierefrei erreichbar').first().waitFor();
    await accessible(page, 'as text');
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    );
    assert.equal(wider, false);
  });

  it('prints the pages asked for and nothing else', async () => {
    const page = Object.assign(await open(LETTER), { all: 3 });
    await sharp(page, 1);
    await page.evaluate(() => {
      globalThis.print = () => {
        const hidden = getComputedStyle(document.querySelector('#kontor')).display === 'none';
        globalThis.printed = { pages: document.querySelectorAll('body > .paper img').length, hidden };
      };
    });
    await page.emulateMedia({ media: 'print' });
    await page.emulateMedia({ media: 'screen' });
    await page.getByRole('button', { name: 'Drucken' }).click();
    await page.getByRole('textbox', { name: 'Seiten' }).fill('9');
    await page.keyboard.press('Enter');
    await page.getByText('Bitte geben Sie Seiten zwischen 1 und 3 an').waitFor();
    await page.getByRole('textbox', { name: 'Seiten' }).fill('1, 3');
    await page.emulateMedia({ media: 'print' });
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => globalThis.printed);
    assert.deepEqual(await page.evaluate(() => globalThis.printed), { pages: 2, hidden: true });
  });
});
