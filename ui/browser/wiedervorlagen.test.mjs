// What was to be looked at again is done or put off where it is listed.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { accessible, shot, start } from './desk.mjs';

describe('Wiedervorlagen', () => {
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

  async function due(betreff, am) {
    const { vorgang } = await desk.run('vorgang.create', { einheit, betreff });
    await desk.run('vorgang.assign', { vorgang, person: me });
    await desk.run('wiedervorlage.add', { vorgang, am, grund: 'Unterlagen da?' });
    return vorgang;
  }

  const stored = async (vorgang) => (await desk.run('vorgang.show', { vorgang })).vorgang.wiedervorlagen[0];

  it('are ticked off from the list, one after the other', async () => {
    const first = await due('Älteste Wiedervorlage', '2019-01-07');
    const second = await due('Zweitälteste Wiedervorlage', '2019-01-08');
    const page = await desk.open('#/wiedervorlagen', { width: 1280, height: 720 });
    await page
      .getByRole('option', { name: /Älteste Wiedervorlage/ })
      .first()
      .click();
    await page.getByRole('group', { name: 'Wiedervorlage „Älteste Wiedervorlage“' }).waitFor();
    await accessible(page, 'deeds of a Wiedervorlage');
    await shot(page, 'wiedervorlagen-deeds');
    await page.getByRole('listbox').focus();
    await page.keyboard.press('e');
    await page.getByRole('group', { name: 'Wiedervorlage „Zweitälteste Wiedervorlage“' }).waitFor();
    assert.ok((await stored(first)).erledigt);
    assert.equal((await stored(second)).erledigt, null);
    await page.keyboard.press('e');
    await page.getByRole('option', { name: /Zweitälteste Wiedervorlage/ }).waitFor({ state: 'detached' });
    assert.ok((await stored(second)).erledigt);
    assert.deepEqual(page.wrong, []);
  });

  it('are put off from the list', async () => {
    const vorgang = await due('Verlegen', '2019-01-09');
    const page = await desk.open('#/wiedervorlagen', { theme: 'dark' });
    await page.getByRole('option', { name: /^Verlegen/ }).click();
    await page.getByRole('listbox').focus();
    await page.keyboard.press('v');
    await page.getByRole('textbox', { name: 'Am' }).fill('24.12.2030');
    await accessible(page, 'putting off');
    await shot(page, 'wiedervorlagen-move');
    await page.keyboard.press('Control+Enter');
    await page.locator('form').waitFor({ state: 'detached' });
    assert.equal((await stored(vorgang)).am, '2030-12-24');
  });
});
