// The search: typing, hits with their words marked, the page of a document, one's own work without the network.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { accessible, numberless, shot, start, told } from './desk.mjs';

/** A PDF of lines of text, one page each. */
function pdf(pages) {
  const objects = ['<</Type/Catalog/Pages 2 0 R>>', undefined, '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>'];
  const kids = pages.map((line) => {
    const content = `BT /F1 14 Tf 60 700 Td (${line}) Tj ET`;
    objects.push(`<</Length ${content.length}>>stream\n${content}\nendstream`);
    objects.push(
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents ${objects.length} 0 R>>`,
    );
    return `${objects.length} 0 R`;
  });
  objects[1] = `<</Type/Pages/Count ${kids.length}/Kids[${kids.join(' ')}]>>`;
  let text = '%PDF-1.7\n';
  const places = objects.map((object, at) => {
    const place = text.length;
    text += `${at + 1} 0 obj${object}endobj\n`;
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}`;
  return `${text}${table}trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF`;
}

describe('the search', () => {
  let desk;
  let vorgang;

  before(async () => {
    desk = await start();
    const { vorgaenge } = await desk.run('vorgang.list', { rows_max: 1 });
    ({ vorgang } = await desk.run('vorgang.create', { einheit: vorgaenge[0].einheit, betreff: 'Probe der Suche' }));
    const path = await desk.upload('lageplan.pdf', pdf(['Deckblatt', 'Inhalt', 'Flur am Wacholderweg 17']));
    await desk.run('schriftstueck.add', { vorgang, path });
    await found('wacholderweg', ({ hits }) => hits.length > 0);
  });
  after(() => desk.stop());

  /** Until the search, which reads documents beside everything else, knows it. */
  async function found(q, test) {
    for (;;) {
      const answer = await desk.run('suche.find', { q });
      if (test(answer)) return answer;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async function open(place, options = {}) {
    const page = await desk.open(place, {
      ...options,
      before: (page) => page.addInitScript(() => localStorage.setItem('kontor.window', '{"greeted":true}')),
    });
    await page.getByRole('heading', { level: 1, name: 'Suche' }).waitFor();
    return page;
  }

  const hits = (page) => page.getByRole('listbox', { name: 'Suche' }).getByRole('option');

  it('begins in its field, and says what is looked through', async () => {
    const page = await open('#/suche');
    await page.getByText('Wonach suchen Sie?').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('role')), 'searchbox');
    assert.deepEqual(page.wrong, []);
    await page.close();
  });

  it('opens a document on the page where the words stand, and marks them', async () => {
    const page = await open('#/suche');
    await page.keyboard.type('wacholderwege flur');
    const hit = hits(page).first();
    await hit.waitFor();
    assert.deepEqual(await hit.locator('mark').allInnerTexts(), ['Flur', 'Wacholderweg']);
    await hit.getByText('Seite 3').waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.getByRole('region', { name: 'Seite 3 von 3' }).locator('.hit').first().waitFor();
    await page.waitForFunction(() => document.querySelector('.viewer input')?.value !== '1');
    assert.equal(
      await page.evaluate(() => document.activeElement?.getAttribute('role')),
      'listbox',
      'the keyboard stays in the list',
    );
    assert.match(await page.evaluate(() => location.hash), /teil=/);
    await shot(page, 'suche-schriftstueck');
    await accessible(page, 'a document that was found');
    assert.deepEqual(page.wrong, []);
    await page.close();
  });

  it('finds one’s own work at once, without the network', async () => {
    await desk.offline();
    const { vorgaenge } = await desk.run('vorgang.list', { rows_max: 1 });
    await desk.run('notiz.add', { vorgang: vorgaenge[0].vorgang, text: 'Rückruf wegen der Hüpfburg.' });
    const page = await open('#/suche?text=huepfburg');
    assert.equal(await hits(page).first().locator('mark').first().innerText(), 'Hüpfburg');
    await hits(page).first().click();
    await page.getByRole('tablist').waitFor();
    assert.deepEqual(page.wrong, []);
    await page.close();
    await desk.online();
    await desk.settled();
  });

  it('offers hits in the palette', async () => {
    const page = await open('#/suche');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('wacholderweg');
    const choice = page.getByRole('dialog').getByRole('option', { name: /Seite 3/ });
    await choice.waitFor();
    await accessible(page, 'palette with hits');
    await choice.click();
    await page.getByRole('region', { name: 'Seite 3 von 3' }).locator('.hit').first().waitFor();
    await page.close();
  });

  for (const theme of ['light', 'dark']) {
    it(`has no barrier, ${theme}`, async () => {
      for (const [width, height] of [
        [1280, 720],
        [1920, 1080],
      ]) {
        const page = await open('#/suche?text=antrag', { theme, width, height });
        await hits(page).first().waitFor();
        await accessible(page, `hits, ${theme}`);
        await shot(page, `suche-treffer-${theme}-${width}`);
        assert.deepEqual(page.wrong, []);
        await page.close();
      }
    });
  }

  it('tells a screen reader what was found', async () => {
    const page = await open('#/suche?text=wacholderweg');
    await hits(page).first().waitFor();
    await told(hits(page).first(), 'suche-treffer', { as: numberless });
    await page.close();
  });
});
