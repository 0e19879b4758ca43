// Two people lay down the same thing differently while one of them is offline.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { accessible, shot, start } from './desk.mjs';

describe('two Fassungen', () => {
  let desk;
  let me;
  let einheit;

  before(async () => {
    desk = await start();
    me = (await desk.run('status')).person;
    const { personen } = await desk.run('person.list');
    einheit = personen.find(({ person }) => person === me).einheiten[0];
  });
  after(() => desk.stop());

  /** A Vorgang whose Betreff was changed here and by a colleague, neither knowing of the other. */
  async function contested(betreff) {
    const { vorgang } = await desk.run('vorgang.create', { einheit, betreff });
    await desk.settled();
    await desk.as('bernd', 'vorgang.show', { vorgang });
    await desk.offline();
    await desk.run('vorgang.change', { vorgang, betreff: `${betreff} am Markt` });
    await desk.as('bernd', 'vorgang.change', { vorgang, betreff: `${betreff} am Hafen` });
    await desk.online();
    await desk.settled();
    await desk.as('bernd', 'status');
    const deadline = Date.now() + 20_000;
    for (;;) {
      const { conflicts } = await desk.run('conflict.list');
      const found = conflicts.find(({ entity }) => entity === `vorgang/${vorgang}`);
      if (found) return { vorgang, conflict: found.conflict };
      assert.ok(Date.now() < deadline, 'no two Fassungen came about');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  const stored = async (vorgang) => (await desk.run('vorgang.show', { vorgang })).vorgang;

  for (const theme of ['light', 'dark']) {
    it(`stand side by side, with what is different, ${theme}`, async () => {
      const { conflict } = await contested(`Bäckerei ${theme}`);
      const page = await desk.open(`#/wartet/conflict/${conflict}`, { theme });
      await page.getByRole('heading', { name: 'Betreff: zwei Fassungen' }).waitFor();
      await page.getByRole('columnheader', { name: /Ihre Änderung/ }).waitFor();
      await page.getByRole('columnheader', { name: /Bernd Brandt/ }).waitFor();
      const changed = await page.locator('ins').allTextContents();
      assert.deepEqual(changed.map((text) => text.trim()).sort(), ['am Hafen', 'am Markt']);
      await page.getByRole('listbox', { name: 'Was noch wartet' }).getByText('zu klären').first().waitFor();
      await accessible(page, `two Fassungen, ${theme}`);
      await shot(page, `fassungen-${theme}`);
      assert.deepEqual(page.wrong, []);
    });
  }

  it('are decided with one key', async () => {
    const { vorgang, conflict } = await contested('Schneiderei');
    const page = await desk.open(`#/wartet/conflict/${conflict}`);
    await page.getByRole('button', { name: /Die von Bernd Brandt gilt/ }).waitFor();
    await page.locator('#arbeitsbereich').focus();
    await page.keyboard.press('2');
    await page.getByRole('heading', { name: 'Schneiderei am Hafen', level: 2 }).waitFor();
    assert.equal((await stored(vorgang)).betreff, 'Schneiderei am Hafen');
    await desk.settled();
    assert.deepEqual((await stored(vorgang)).contested, []);
  });

  it('may give way to a third value, with a reason that stands in the Verlauf', async () => {
    const { vorgang, conflict } = await contested('Imbiss');
    const page = await desk.open(`#/wartet/conflict/${conflict}`);
    await page.getByRole('button', { name: /Die von Bernd Brandt gilt/ }).waitFor();
    await page.locator('#arbeitsbereich').focus();
    await page.keyboard.press('3');
    await page.keyboard.type('Imbiss am Bahnhof');
    await page.getByLabel('Begründung').fill('So steht es im Antrag.');
    await accessible(page, 'a third value');
    await shot(page, 'fassungen-etwas-anderes');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { name: 'Imbiss am Bahnhof', level: 2 }).waitFor();
    await desk.settled();
    assert.deepEqual((await stored(vorgang)).contested, []);
    await desk
      .open(`#/vorgaenge/vorgang/${vorgang}/verlauf`)
      .then((there) => there.getByText('So steht es im Antrag.').first().waitFor());
  });

  it('are the first thing its Vorgang says, and the next step leads there', async () => {
    const { vorgang } = await contested('Tischlerei');
    const page = await desk.open(`#/vorgaenge/vorgang/${vorgang}`);
    await page.getByText('Zwei Fassungen: Betreff.').waitFor();
    await accessible(page, 'contested Vorgang');
    await page.locator('#arbeitsbereich').focus();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { name: 'Betreff: zwei Fassungen' }).waitFor();
    await page.keyboard.press('1');
    await page.getByRole('heading', { name: 'Tischlerei am Markt', level: 2 }).waitFor();
  });

  it('says what waits and how far it has come', async () => {
    const { vorgang } = await desk.run('vorgang.create', { einheit, betreff: 'Warten' });
    await desk.settled();
    await desk.offline();
    try {
      await desk.run('notiz.add', { vorgang, text: 'Im Zug.' });
      const page = await desk.open('#/wartet');
      const line = page.getByRole('option').filter({ hasText: 'Warten' });
      await line.getByText('wartet', { exact: true }).waitFor();
      await line.click();
      await page.locator('#arbeitsbereich').getByText('hier gespeichert').waitFor();
      await accessible(page, 'what waits');
      await shot(page, 'wartet');
      await page.locator('#arbeitsbereich').getByRole('button', { name: 'Zurücknehmen' }).click();
      await line.waitFor({ state: 'detached' });
      assert.deepEqual((await stored(vorgang)).notizen, []);
    } finally {
      await desk.online();
    }
  });
});
