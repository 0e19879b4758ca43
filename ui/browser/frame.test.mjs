// The window around the work: views, lists, keys, searches, the way back, on and off the network, locked and not.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { accessible, numberless, shot, start, told } from './desk.mjs';

const PIN = '274913';

describe('the window', () => {
  let desk;

  before(async () => (desk = await start()));
  after(() => desk.stop());

  /** Opens a view of a desk whose first start is over. */
  async function open(place, options = {}) {
    const page = await desk.open(place, {
      ...options,
      before: async (page) => {
        await page.addInitScript(() => {
          localStorage.getItem('kontor.window') ?? localStorage.setItem('kontor.window', '{"greeted":true}');
        });
        await options.before?.(page);
      },
    });
    await page.getByRole('heading', { level: 1 }).waitFor();
    return page;
  }

  const rows = (page) => page.getByRole('listbox').first().getByRole('option');
  const heading = (page) => page.locator('main h1').first();

  /** A view is there when its rows are, or the sentence that says why there are none. */
  async function ready(page) {
    await page
      .locator('main')
      .locator('[role=option], [role=row], [role=treeitem], .empty, section h2')
      .first()
      .waitFor();
  }

  it('greets with three sentences at the first start', async () => {
    const page = await desk.open('#/eingang');
    await page.getByRole('heading', { name: 'Willkommen bei Kontor' }).waitFor();
    assert.equal(await page.locator('.greeting p').count(), 3);
    await accessible(page, 'greeting');
    await shot(page, 'greeting');
    await page.getByRole('button', { name: 'Anfangen' }).click();
    await page.reload();
    await ready(page);
    assert.equal(await page.getByText('Willkommen bei Kontor').count(), 0);
    await page.close();
  });

  it('goes through a list by keys, and back by the way it came', async () => {
    const page = await open('#/vorgaenge');
    await ready(page);
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    const second = rows(page).nth(0);
    assert.equal(await second.getAttribute('aria-selected'), 'true');
    const chosen = await page.evaluate(() => location.hash);
    await page.keyboard.press('Control+1');
    await page.getByRole('heading', { level: 1, name: 'Eingang' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'Meine Vorgänge' }).waitFor();
    assert.equal(await page.evaluate(() => location.hash), chosen);
    await page.keyboard.press('Control+1');
    await page.keyboard.press('Control+2');
    assert.equal(await page.evaluate(() => location.hash), chosen, 'a view is found as it was left');
    await page.keyboard.press('Escape');
    assert.equal(await page.evaluate(() => location.hash), '#/vorgaenge');
    await page.close();
  });

  it('keeps its place in a long list', async () => {
    const page = await open('#/vorgaenge?wessen=alle');
    await ready(page);
    const list = page.getByRole('listbox').first();
    await list.evaluate((box) => (box.scrollTop = 2000));
    await page.locator('[role=option][aria-posinset="45"]').waitFor();
    await page.keyboard.press('Control+1');
    await ready(page);
    await page.keyboard.press('Control+2');
    await ready(page);
    await page.waitForFunction(() => document.querySelector('main [role=listbox]')?.scrollTop === 2000);
    await page.close();
  });

  it('narrows a list by typing, and does nothing else meanwhile', async () => {
    const page = await open('#/vorgaenge?wessen=alle');
    await ready(page);
    const before = Number(await rows(page).first().getAttribute('aria-setsize'));
    await page.keyboard.press('/');
    await page.keyboard.type('gaststätte n?wzj');
    assert.equal(await page.getByRole('dialog').count(), 0, 'no key does anything while typing');
    const field = page.getByRole('searchbox');
    await field.fill('gaststaettenerlaubnis');
    await page.waitForFunction(
      (before) => Number(document.querySelector('main [role=option]')?.getAttribute('aria-setsize') ?? before) < before,
      before,
    );
    for (const title of await page.locator('main .title').allInnerTexts()) assert.match(title, /Gaststättenerlaubnis/);
    await page.keyboard.press('Escape');
    assert.equal(await field.inputValue(), '');
    await page.close();
  });

  it('sorts and filters the table by column, and shows the columns somebody wants', async () => {
    const page = await open('#/vorgaenge?tabelle=1&wessen=alle');
    await ready(page);
    const first = () => page.locator('[role=row][aria-rowindex="3"] [role=gridcell]').first().innerText();
    await page.getByRole('button', { name: 'Betreff', exact: true }).click();
    await page.getByRole('columnheader', { name: 'Betreff' }).and(page.locator('[aria-sort=ascending]')).waitFor();
    await page.waitForTimeout(200);
    const a = await first();
    await page.getByRole('button', { name: 'Betreff', exact: true }).click();
    await page.locator('[aria-sort=descending]').waitFor();
    await page.waitForTimeout(200);
    const z = await first();
    assert.ok(a.localeCompare(z, 'de') < 0, `${a} … ${z}`);
    await page.getByRole('combobox', { name: 'Status eingrenzen' }).selectOption({ label: 'Wartet auf Antwort' });
    await page.waitForFunction(() =>
      [...document.querySelectorAll('[role=row][aria-rowindex] [role=gridcell]:nth-child(2)')]
        .filter((cell) => !cell.querySelector('select'))
        .every((cell) => cell.textContent.trim() === 'Wartet auf Antwort'),
    );
    await page.getByRole('button', { name: 'Spalten' }).click();
    await page.getByRole('checkbox', { name: 'Stelle' }).check();
    await page.getByRole('columnheader', { name: 'Stelle' }).waitFor();
    await accessible(page, 'columns');
    await page.reload();
    await page.getByRole('columnheader', { name: 'Stelle' }).waitFor();
    await page.close();
  });

  it('tells a screen reader where one can go and how it stands', async () => {
    const page = await open('#/eingang');
    await ready(page);
    await page.getByText('Alles übertragen').waitFor();
    await told(page.getByRole('navigation'), 'frame-navigation', { as: numberless });
    await told(page.getByRole('region', { name: 'Liste', exact: true }).locator('.head'), 'frame-list-head', {
      as: numberless,
    });
    await page.close();
  });

  it('keeps a search under a name, with how much is in it', async () => {
    const page = await open('#/vorgaenge?wessen=alle&text=gastst%C3%A4tte');
    await ready(page);
    await page.getByRole('button', { name: 'Suche merken' }).click();
    await page.keyboard.type('Gaststätten');
    await page.keyboard.press('Enter');
    const kept = page.getByRole('navigation').getByRole('link', { name: /Gaststätten \d+/ });
    await kept.waitFor();
    await page.goto(page.url().replace(/#.*/, '#/eingang'));
    await page.reload();
    await kept.click();
    await page.getByRole('heading', { level: 1, name: 'Meine Vorgänge' }).waitFor();
    assert.match(await page.evaluate(() => location.hash), /wessen=alle/);
    await accessible(page, 'saved search');
    await page.close();
  });

  it('finds commands and Vorgänge in one field', async () => {
    const page = await open('#/eingang');
    await ready(page);
    await page.keyboard.press('Control+k');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('option', { name: /Zu den Wiedervorlagen/ }).waitFor();
    await accessible(page, 'palette');
    await shot(page, 'palette');
    await page.keyboard.type('wiedervor');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await dialog.getByRole('option', { name: /Zu den Wiedervorlagen/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Wiedervorlagen' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('gewerbeanmeldung');
    const hits = dialog.getByRole('group', { name: 'Treffer auf diesem Gerät' });
    await hits
      .getByRole('option', { name: /Vorgang/ })
      .first()
      .click();
    await page.getByRole('tablist', { name: 'Bereiche des Vorgangs' }).waitFor();
    await page.close();
  });

  it('shows all keys', async () => {
    const page = await open('#/eingang');
    await ready(page);
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Alle Tasten' }).waitFor();
    await accessible(page, 'keys');
    await shot(page, 'keys');
    await page.keyboard.press('Escape');
    assert.equal(await page.getByRole('dialog').count(), 0);
    await page.close();
  });

  it('leaves single keys alone for whoever switched them off', async () => {
    const page = await open('#/einstellungen');
    await page.getByRole('checkbox', { name: /Einzelne Tasten/ }).uncheck();
    await heading(page).click();
    await page.keyboard.press('?');
    assert.equal(await page.getByRole('dialog').count(), 0);
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    await page.close();
  });

  it('moves its borders by keys, and hides the list', async () => {
    const page = await open('#/vorgaenge');
    await ready(page);
    const border = page.getByRole('separator', { name: 'Breite der Liste' });
    await border.focus();
    await page.keyboard.press('ArrowRight');
    assert.equal(await border.getAttribute('aria-valuenow'), '388');
    await page.reload();
    await ready(page);
    assert.equal(await border.getAttribute('aria-valuenow'), '388');
    await page.keyboard.press('Control+b');
    await page.getByRole('region', { name: 'Liste', exact: true }).waitFor({ state: 'hidden' });
    await page.keyboard.press('Control+b');
    await page.getByRole('region', { name: 'Liste', exact: true }).waitFor();
    await page.close();
  });

  it('opens an Akte at its place in the Aktenplan, and a Vorgang out of it', async () => {
    const page = await open('#/akten');
    await ready(page);
    await page.getByRole('treeitem').first().focus();
    await page.keyboard.press('End');
    await page.getByRole('region', { name: 'Arbeitsbereich' }).getByRole('heading', { level: 2 }).waitFor();
    await page.getByRole('region', { name: 'Arbeitsbereich' }).getByRole('option').first().waitFor();
    await accessible(page, 'akte');
    await shot(page, 'akte');
    await page.getByRole('region', { name: 'Arbeitsbereich' }).getByRole('option').first().click();
    await page.getByRole('tablist', { name: 'Bereiche des Vorgangs' }).waitFor();
    await page.goBack();
    await page.getByText('Vorgänge in dieser Akte').waitFor();
    await page.close();
  });

  it('says what arrives, and marks it until somebody has looked', async () => {
    const { person } = await desk.run('status');
    const { personen } = await desk.run('person.list');
    const [einheit] = personen.find((one) => one.person === person).einheiten;
    const page = await open('#/eingang');
    await ready(page);
    await page
      .getByRole('navigation')
      .getByRole('link', { name: /Eingang \d+/ })
      .waitFor();
    await desk.as('dirk', 'eingang.record', { betreff: 'Brief ohne Absender', kanal: 'papier', einheit });
    await page.getByText('Ein neuer Eingang ist angekommen.').waitFor({ state: 'attached' });
    const row = page.getByRole('option', { name: /Brief ohne Absender/ });
    await row.getByText('Neu.').waitFor({ state: 'attached' });
    await row.click();
    await row.getByText('Neu.').waitFor({ state: 'detached' });
    await page.close();
  });

  it('says that the Zentrale is away, and that work goes on', async () => {
    const page = await open('#/vorgaenge');
    await ready(page);
    const line = page.getByRole('contentinfo');
    await line.getByText('Verbunden').waitFor();
    await desk.offline();
    await line.getByText(/Offline seit \d\d:\d\d/).waitFor();
    await line.getByText('Sie können weiterarbeiten.').waitFor();
    await accessible(page, 'offline');
    await shot(page, 'offline');
    await desk.online();
    await line.getByText('Verbunden').waitFor({ timeout: 60_000 });
    await page.close();
  });

  it('shows nothing while it is locked', async () => {
    const page = await open('#/einstellungen');
    await page.getByLabel('Neue PIN').fill(PIN);
    await page.getByRole('button', { name: 'PIN speichern' }).click();
    await page.getByText('Eine PIN ist gewählt.').waitFor();
    await page.goto(page.url().replace(/#.*/, '#/vorgaenge'));
    await ready(page);
    await page.keyboard.press('Control+Shift+L');
    await page.getByRole('heading', { level: 1, name: 'Gesperrt' }).waitFor();
    assert.doesNotMatch(await page.locator('body').innerText(), /Gewerbe/);
    await accessible(page, 'locked');
    await shot(page, 'locked');
    await page.getByRole('textbox', { name: 'PIN' }).fill('000000');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText(/PIN/).waitFor();
    await page.getByRole('textbox', { name: 'PIN' }).fill(PIN);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Meine Vorgänge' }).waitFor();
    await page.close();
  });
});
