// Fristen: reckoned from a rule, explained, changed by hand.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { accessible, shot, start } from './desk.mjs';

describe('a Frist', () => {
  let desk;
  let vorgang;

  before(async () => {
    desk = await start();
    const me = (await desk.run('status')).person;
    const { personen } = await desk.run('person.list');
    const einheit = personen.find(({ person }) => person === me).einheiten[0];
    ({ vorgang } = await desk.run('vorgang.create', { einheit, betreff: 'Anhörung Gaststätte' }));
  });
  after(() => desk.stop());

  const stored = async () => (await desk.run('vorgang.show', { vorgang })).vorgang.fristen;

  async function open(options = {}) {
    const page = await desk.open(`#/vorgaenge/vorgang/${vorgang}?tab=fristen`, options);
    await page.getByRole('tablist', { name: 'Bereiche des Vorgangs' }).waitFor();
    await page.getByRole('tab', { name: /Fristen/ }).click();
    return page;
  }

  it('is reckoned from a rule, and says how', async () => {
    const page = await open();
    await page.getByRole('region', { name: 'Fristen' }).getByRole('button', { name: 'Frist' }).click();
    const form = page.getByRole('form', { name: /^Frist/ });
    await form.getByLabel('Wofür').fill('Widerspruch');
    await form.getByLabel('Beginn').fill('20.11.2026');
    await form.getByLabel('An diesem Tag').selectOption('aufgabe');
    await form.getByLabel('Rechtsgrundlage').fill('§ 70 VwGO');
    // 24 December, the day before Christmas, a Thursday.
    await form.getByText('Donnerstag, 24. Dezember 2026').waitFor();
    // Three days later is a Sunday; the next working day is the last.
    await form.getByRole('button', { name: /Zeit hinzufügen/ }).click();
    await form.getByLabel('Erster Tag').fill('1.12.2026');
    await form.getByLabel('Letzter Tag davon').fill('3.12.2026');
    await form.getByText('Montag, 28. Dezember 2026').waitFor();
    await form.getByText('So kommt das Ende zustande').click();
    await form.getByText('gilt der Bescheid am 24.11.2026 als bekannt gegeben').waitFor();
    await accessible(page, 'a rule');
    await shot(page, 'frist-regel');
    await page.keyboard.press('Control+Enter');
    await form.waitFor({ state: 'detached' });
    const [frist] = await stored();
    assert.equal(frist.ende, '2026-12-28');
    assert.equal(frist.rechnung.rechtsgrundlage, '§ 70 VwGO');

    await page.getByText('So kommt das Ende zustande').click();
    await page.getByText('Die Frist folgt aus § 70 VwGO.', { exact: true }).waitFor();
    await accessible(page, 'a Frist explained');
    await shot(page, 'frist-erklaert');
    assert.deepEqual(page.wrong, []);
    await page.close();
  });

  it('is given a day by hand, and then has no rule', async () => {
    const page = await open({ theme: 'dark' });
    await page.getByRole('button', { name: 'Ändern' }).click();
    const form = page.getByRole('form', { name: /^Frist/ });
    assert.equal(await form.getByLabel('Beginn').inputValue(), '20.11.2026');
    await shot(page, 'frist-regel-dark');
    await accessible(page, 'a rule, dark');
    await form.getByLabel('Tag selbst eintragen').check();
    await form.getByLabel('Letzter Tag').fill('8.1.2027');
    await page.keyboard.press('Control+Enter');
    await form.waitFor({ state: 'detached' });
    const [frist] = await stored();
    assert.deepEqual([frist.ende, frist.rechnung], ['2027-01-08', null]);
    await page.close();
  });

  it('is not set while its rule leads nowhere', async () => {
    const before = (await stored()).length;
    const page = await open();
    await page.getByRole('region', { name: 'Fristen' }).getByRole('button', { name: 'Frist' }).click();
    const form = page.getByRole('form', { name: /^Frist/ });
    await form.getByLabel('Anzahl').fill('0');
    await page.keyboard.press('Control+Enter');
    await form.getByText('Bitte geben Sie eine Zahl ab 1 an.').waitFor();
    await form.getByLabel('Anzahl').fill('9000');
    await form.getByLabel('Einheit').selectOption('jahre');
    await form.getByText('Diese Angaben führen zu keinem Tag').waitFor();
    await page.keyboard.press('Control+Enter');
    assert.equal((await stored()).length, before);
    await accessible(page, 'a rule that leads nowhere');
    await page.close();
  });
});
