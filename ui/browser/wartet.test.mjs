// What waits, what was refused, what happened to this desk: told in words, with a way out.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { accessible, shot, start } from './desk.mjs';

const MANY = 1_200;

describe('what waits', () => {
  let desk;
  let einheit;
  let elsewhere;

  before(async () => {
    desk = await start();
    const me = (await desk.run('status')).person;
    const { personen } = await desk.run('person.list');
    einheit = personen.find(({ person }) => person === me).einheiten[0];
    const { einheiten } = await desk.run('einheit.list');
    elsewhere = einheiten.find((one) => one.einheit !== einheit).einheit;
  });
  after(() => desk.stop());

  async function create(betreff) {
    const { vorgang } = await desk.run('vorgang.create', { einheit, betreff });
    await desk.settled();
    return vorgang;
  }

  const stored = async (vorgang) => (await desk.run('vorgang.show', { vorgang })).vorgang;

  async function eventually(what, look) {
    const deadline = Date.now() + 20_000;
    for (;;) {
      const found = await look();
      if (found) return found;
      assert.ok(Date.now() < deadline, what);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** A Vorgang goes elsewhere while a note about it waits here. Which of the two comes first is chance. */
  async function goneWithANote() {
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const vorgang = await create(`Umzug ${attempt}`);
      await desk.as('bernd', 'vorgang.show', { vorgang });
      await desk.offline();
      await desk.as('bernd', 'vorgang.move', { vorgang, einheit: elsewhere, grund: 'Zuständig ist das andere Amt.' });
      const { entry } = await desk.run('notiz.add', { vorgang, text: 'Der Antragsteller ruft morgen an.' });
      await desk.online();
      await desk.as('bernd', 'status');
      await desk.settled();
      const { line } = await desk.run('entry.show', { entry });
      if (line.state === 'refused') return entry;
    }
    throw new Error('the note was always there first');
  }

  it('says that a Vorgang has left, and what was written about it can be read and copied', async () => {
    const entry = await goneWithANote();
    await eventually('nothing was told', async () => (await desk.run('status')).notices > 0);
    for (const theme of ['light', 'dark']) {
      const page = await desk.open('#/wartet', { theme });
      const line = page.getByRole('option').filter({ hasText: 'nicht mehr auf diesem Gerät' });
      await line.click();
      const place = page.locator('#arbeitsbereich');
      await place.getByText('an eine andere Organisationseinheit gegeben').waitFor();
      await page
        .locator('footer')
        .getByRole('button', { name: /Hinweis/ })
        .waitFor();
      await accessible(page, `a notice, ${theme}`);
      await shot(page, `hinweis-${theme}`);
    }
    const page = await desk.open(`#/wartet/eintrag/${entry}`);
    const place = page.locator('#arbeitsbereich');
    await place.getByText('Der Antragsteller ruft morgen an.').waitFor();
    await place.getByText('nicht auf diesem Gerät').waitFor();
    await accessible(page, 'a refused entry');
    await shot(page, 'eintrag-nicht-uebernommen');
    await place.getByRole('button', { name: 'Kopieren' }).click();
    await page.getByText('Der Text ist kopiert.').first().waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'Der Antragsteller ruft morgen an.');
    await place.getByRole('button', { name: 'Gelesen' }).click();

    await page.getByRole('option').filter({ hasText: 'nicht mehr auf diesem Gerät' }).click();
    await place.getByText('an eine andere Organisationseinheit gegeben').waitFor();
    await place.focus();
    await page.keyboard.press('Control+Enter');
    await page.getByText('Der Hinweis ist abgehakt.').first().waitFor();
    assert.equal((await desk.run('status')).notices, 0);
    assert.deepEqual(page.wrong, []);
  });

  it('takes back what has happened by another entry, and says so where that is impossible', async () => {
    const vorgang = await create('Rücknahme');
    const page = await desk.open(`#/vorgaenge/vorgang/${vorgang}`);
    await page.getByRole('heading', { name: 'Rücknahme', level: 2 }).waitFor();
    await page.getByRole('button', { name: 'Übernehmen' }).first().click();
    await page.getByText('jetzt Ihnen zugewiesen').first().waitFor();
    await desk.settled();
    await page.locator('#arbeitsbereich').focus();
    await page.keyboard.press('Control+z');
    await page.getByText('Zurückgenommen').first().waitFor();
    assert.equal((await stored(vorgang)).zuweisung, null);

    await page.locator('#arbeitsbereich').focus();
    await page.keyboard.press('n');
    await page.getByRole('textbox', { name: 'Notiz' }).fill('Bleibt stehen.');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Bleibt stehen.').first().waitFor();
    await desk.settled();
    await page.locator('#arbeitsbereich').focus();
    await page.keyboard.press('Control+z');
    await page.getByText('lässt sich nicht mehr rückgängig machen').first().waitFor();
    assert.equal((await stored(vorgang)).notizen.length, 1);
  });

  it('stays readable with more than a thousand entries', async () => {
    const vorgang = await create('Eine Woche im Zug');
    await desk.offline();
    try {
      for (let at = 0; at < MANY; at += 1) {
        await desk.run('notiz.add', { vorgang, text: `Beobachtung ${at}` });
      }
      for (const theme of ['light', 'dark']) {
        const page = await desk.open('#/wartet', { theme, width: 1280, height: 720 });
        await page.getByText('Die Liste zeigt 1.000 von 1.200 Einträgen').waitFor();
        await page.locator('footer').getByText('1.200 Einträge warten auf die Zentrale').waitFor();
        await page.locator('footer').getByText('Offline seit').waitFor();
        await page.getByRole('option').first().click();
        await page.locator('#arbeitsbereich').getByText('hier gespeichert').waitFor();
        await accessible(page, `a thousand entries, ${theme}`);
        await shot(page, `wartet-viele-${theme}`);
        assert.deepEqual(page.wrong, []);
      }
    } finally {
      await desk.online();
    }
    await desk.settled();
    assert.equal((await stored(vorgang)).notizen.length, MANY);
  });
});
