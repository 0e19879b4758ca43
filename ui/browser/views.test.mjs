// Every view as somebody meets it: without a barrier, light and dark, as a screen reader tells it, twice as large, in
// colours of one's own, and without movement.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { accessible, outline, shot, start, told } from './desk.mjs';

/** How one gets to a view: a place, and what is done there. `made` is one thing of each kind, always the same. */
const views = (made) => ({
  eingang: { place: '#/eingang' },
  'eingang-offen': { place: `#/eingang/eingang/${made.eingang}` },
  vorgaenge: { place: '#/vorgaenge' },
  'vorgang-ueberblick': { place: `#/vorgaenge/vorgang/${made.vorgang}` },
  'vorgang-schriftstuecke': { place: `#/vorgaenge/vorgang/${made.vorgang}`, then: tab('Schriftstücke') },
  'vorgang-fristen': { place: `#/vorgaenge/vorgang/${made.vorgang}`, then: tab('Fristen') },
  'vorgang-verlauf': { place: `#/vorgaenge/vorgang/${made.vorgang}`, then: tab('Verlauf') },
  'vorgang-dokument': { place: `#/vorgaenge/vorgang/${made.vorgang}`, then: key('F11') },
  tabelle: { place: '#/vorgaenge?tabelle=1&wessen=alle' },
  wiedervorlagen: { place: '#/wiedervorlagen' },
  akten: { place: '#/akten' },
  akte: {
    place: '#/akten',
    then: async (page) => {
      await page.getByRole('treeitem').first().focus();
      await page.keyboard.press('End');
      await page.getByText('Vorgänge in dieser Akte').waitFor();
    },
  },
  'suche-leer': { place: '#/suche' },
  suche: { place: '#/suche?text=gewerbe' },
  wartet: { place: '#/wartet' },
  einstellungen: { place: '#/einstellungen' },
  nichts: { place: '#/vorgaenge?text=gibtesnicht' },
  befehle: { place: '#/eingang', then: key('Control+k') },
  tasten: { place: '#/eingang', then: key('?') },
});

const VIEWS = Object.keys(views({}));

function tab(name) {
  return (page) => page.getByRole('tab', { name: new RegExp(name) }).click();
}

function key(name) {
  return (page) => page.keyboard.press(name);
}

/** The wider one is only looked at. */
const SIZES = [[1280, 720], ...(process.env.KONTOR_SHOTS ? [[1920, 1080]] : [])];

const PDF = fileURLToPath(new URL('../../assets/demo/antrag-gaststaette.pdf', import.meta.url));

describe('every view', () => {
  let desk;
  let all;

  before(async () => {
    desk = await start();
    all = views(await make());
  });
  after(() => desk.stop());

  async function make() {
    const me = (await desk.run('status')).person;
    const { personen } = await desk.run('person.list');
    const einheit = personen.find(({ person }) => person === me).einheiten[0];
    const path = await desk.upload('Antrag.pdf', readFileSync(PDF));
    const { vorgang } = await desk.run('vorgang.create', { einheit, betreff: 'Gaststättenerlaubnis „Zum Anker“' });
    await desk.run('vorgang.assign', { vorgang, person: me });
    await desk.run('notiz.add', { vorgang, text: 'Telefonat: Der Pachtvertrag kommt bis Freitag.' });
    await desk.run('frist.set', { vorgang, name: 'Entscheidung', ende: '2030-12-20' });
    await desk.run('wiedervorlage.add', { vorgang, am: '2020-01-07', grund: 'Pachtvertrag da?' });
    await desk.run('schriftstueck.add', { vorgang, path });
    const { eingang } = await desk.run('eingang.record', {
      einheit,
      kanal: 'papier',
      betreff: 'Pachtvertrag',
      paths: [path],
    });
    await desk.settled();
    return { vorgang, eingang };
  }

  /** Opens a view of a desk whose first start is over, and waits until all of it is there. */
  async function open(name, options = {}) {
    const { place, then } = all[name];
    const page = await desk.open(place, {
      ...options,
      before: (page) => page.addInitScript(() => localStorage.setItem('kontor.window', '{"greeted":true}')),
    });
    // Rows, or the sentence that says why there are none.
    const there = '[role=option], [role=row], [role=treeitem], .empty, section h2';
    await page.locator('main').locator(there).filter({ visible: true }).first().waitFor();
    await page.getByText('Alles übertragen').first().waitFor();
    await options.then?.(page);
    await then?.(page);
    await page.waitForLoadState('networkidle');
    return page;
  }

  for (const theme of ['light', 'dark']) {
    for (const name of VIEWS) {
      it(`has no barrier: ${name}, ${theme}`, async () => {
        for (const [width, height] of SIZES) {
          const page = await open(name, { theme, width, height });
          if (width === 1280) await accessible(page, `${name}, ${theme}`);
          await shot(page, `${name}-${theme}-${width}`);
          assert.deepEqual(page.wrong, []);
          await page.close();
        }
      });
    }
  }

  for (const name of VIEWS) {
    it(`is told in order: ${name}`, async () => {
      const page = await open(name);
      const dialog = page.getByRole('dialog');
      const part = (await dialog.count()) > 0 ? dialog : page.locator('body');
      await told(part, `view-${name}`, { as: outline });
      await page.close();
    });
  }

  it('needs no scrolling sideways at 200 %', async () => {
    for (const name of VIEWS) {
      const page = await open(name, { width: 640, height: 360 });
      const [needed, there] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(needed <= there, `${name}: ${needed} of ${there}`);
      await accessible(page, `200 %, ${name}`);
      await shot(page, `${name}-200`);
      await page.close();
    }
    const page = await open('vorgang-ueberblick', { width: 640, height: 360 });
    await page.getByRole('button', { name: 'Zur Liste' }).click();
    await page.locator('main [role=option]').first().waitFor();
    await page.close();
  });

  it('shows the whole ring around what has the focus', async () => {
    const clipped = new Set();
    for (const name of VIEWS) {
      const page = await open(name, { width: 1280, height: 720 });
      // Whoever has just used a key sees where the focus is.
      await page.keyboard.press('Shift');
      for (const one of await page.evaluate(clippedRings)) clipped.add(`${name}: ${one}`);
      await page.close();
    }
    assert.deepEqual([...clipped], []);
  });

  it('can be seen in forced colours', async () => {
    for (const name of VIEWS) {
      const page = await open(name, { then: (page) => page.emulateMedia({ forcedColors: 'active' }) });
      for (const chosen of await page.locator('[aria-selected=true], [aria-current=page], [aria-pressed=true]').all()) {
        if (!(await chosen.isVisible())) continue;
        const told = await chosen.evaluate((one) => {
          const look = getComputedStyle(one);
          const plain = getComputedStyle(one.parentElement ?? one);
          // An outline, a border that is not there elsewhere, or a ground of its own.
          return (
            look.outlineStyle !== 'none' ||
            look.backgroundColor !== plain.backgroundColor ||
            look.borderBottomWidth !== '0px'
          );
        });
        assert.ok(told, `${name}: what is chosen is told by colour alone: ${await chosen.innerText()}`);
      }
      await shot(page, `${name}-forced`);
      await page.close();
    }
  });

  it('moves nothing for whoever wants it so', async () => {
    for (const name of VIEWS) {
      const page = await open(name);
      const moving = await page.evaluate(
        () => document.getAnimations().filter((one) => Number(one.effect?.getComputedTiming().endTime) > 1).length,
      );
      assert.equal(moving, 0, name);
      await page.close();
    }
  });
});

/** In the page: whatever can have the focus and would show only a part of its ring. */
async function clippedRings() {
  const nameOf = (one) => `${one.tagName} ${one.getAttribute('aria-label') ?? one.textContent.trim().slice(0, 30)}`;
  const clipped = [];
  const focusable = 'a[href], button:enabled, input:enabled, select:enabled, textarea:enabled, [tabindex="0"]';
  for (const one of document.querySelectorAll(focusable)) {
    // The field of the palette has the focus as long as it is there.
    if (!one.checkVisibility({ visibilityProperty: true }) || one.matches('.skip, dialog [role=combobox]')) continue;
    one.focus();
    if (document.activeElement !== one) continue;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const look = getComputedStyle(one);
    // A field may leave it to its frame.
    const framed = [one, one.parentElement].some((part) => getComputedStyle(part).outlineStyle !== 'none');
    if (!framed) clipped.push(`none at all: ${nameOf(one)}`);
    const around = parseFloat(look.outlineWidth) + parseFloat(look.outlineOffset);
    const box = one.getBoundingClientRect();
    for (let frame = one.parentElement; frame; frame = frame.parentElement) {
      if (getComputedStyle(frame).overflow === 'visible') continue;
      const clip = frame.getBoundingClientRect();
      // Half a pixel is a matter of rounding; what is scrolled out of sight altogether is another matter.
      const sides = [
        [box.left, clip.left, 1],
        [box.right, clip.right, -1],
        [box.top, clip.top, 1],
        [box.bottom, clip.bottom, -1],
      ];
      if (
        sides.some(([edge, limit, inwards]) => (edge - limit) * inwards >= 0 && (edge - limit) * inwards < around - 0.5)
      ) {
        clipped.push(nameOf(one));
        break;
      }
    }
  }
  return clipped;
}
