// Something arrived, and becomes part of a Vorgang.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { accessible, shot, start } from './desk.mjs';

describe('an Eingang', () => {
  let desk;
  let einheit;

  before(async () => {
    desk = await start();
    const me = (await desk.run('status')).person;
    const { personen } = await desk.run('person.list');
    einheit = personen.find(({ person }) => person === me).einheiten[0];
  });
  after(() => desk.stop());

  async function record(betreff) {
    const path = await desk.upload('Brief.txt', `Brief: ${betreff}`);
    return (await desk.run('eingang.record', { einheit, kanal: 'papier', betreff, paths: [path] })).eingang;
  }

  const stored = async (eingang) => (await desk.run('eingang.show', { eingang })).eingang;

  for (const theme of ['light', 'dark']) {
    it(`has no barrier, nor have its forms, ${theme}`, async () => {
      const eingang = await record('Nachreichung');
      const page = await desk.open(`#/eingang/eingang/${eingang}`, { theme });
      for (const name of ['Weiterleiten', 'Einem Vorgang zuordnen', 'Vorgang anlegen']) {
        await page.getByRole('button', { name }).first().click();
        await page.locator('form').waitFor();
        await accessible(page, `${name}, ${theme}`);
        await page.keyboard.press('Escape');
        await page.locator('form').waitFor({ state: 'detached' });
      }
      await shot(page, `eingang-${theme}`);
      assert.deepEqual(page.wrong, []);
    });
  }

  it('becomes a Vorgang with the key for the next step', async () => {
    const eingang = await record('Anzeige eines Gewerbes');
    const page = await desk.open(`#/eingang/eingang/${eingang}`);
    await page.getByRole('button', { name: 'Vorgang anlegen' }).waitFor();
    await page.locator('#arbeitsbereich').focus();
    await page.keyboard.press('Control+Enter');
    await page.locator('form').waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('tablist', { name: 'Bereiche des Vorgangs' }).waitFor();
    await page.getByRole('heading', { name: 'Anzeige eines Gewerbes', level: 2 }).waitFor();
    const { vorgang } = await stored(eingang);
    assert.equal(vorgang.betreff, 'Anzeige eines Gewerbes');
    const me = (await desk.run('status')).person;
    assert.equal((await desk.run('vorgang.show', { vorgang: vorgang.id })).vorgang.zuweisung, me);
    await page.getByRole('tab', { name: 'Schriftstücke 1' }).waitFor();
  });

  it('is put to a Vorgang found by a few letters', async () => {
    const { vorgang } = await desk.run('vorgang.create', { einheit, betreff: 'Bewachungsgewerbe Quast' });
    const eingang = await record('Führungszeugnis');
    const page = await desk.open(`#/eingang/eingang/${eingang}`);
    await page.getByRole('button', { name: 'Vorgang anlegen' }).waitFor();
    await page.locator('#arbeitsbereich').focus();
    await page.keyboard.press('z');
    await page.locator('form').waitFor();
    await page.keyboard.type('quast bewach');
    await page.getByRole('option', { name: /Bewachungsgewerbe Quast/ }).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByText('gehört zum Vorgang').waitFor();
    assert.equal((await stored(eingang)).vorgang.id, vorgang);
  });

  it('goes on to another unit', async () => {
    const eingang = await record('Bauantrag');
    const { einheiten } = await desk.run('einheit.list');
    const other = einheiten.find((one) => one.einheit !== einheit);
    const page = await desk.open(`#/eingang/eingang/${eingang}`);
    await page.getByRole('button', { name: 'Weiterleiten' }).first().click();
    await page.locator('form').waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByText('Bitte wählen Sie, an wen Sie weiterleiten.').waitFor();
    await page.getByRole('combobox', { name: 'An' }).fill(other.name);
    await page
      .getByRole('option', { name: new RegExp(other.name) })
      .first()
      .click();
    await page.keyboard.press('Control+Enter');
    await page.locator('form').waitFor({ state: 'detached' });
    await page.getByText('weitergeleitet').first().waitFor();
  });
});
