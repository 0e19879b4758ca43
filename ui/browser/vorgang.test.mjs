// Working on a Vorgang: by keyboard, with a colleague, on and off the network.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { accessible, shot, start } from './desk.mjs';
import { paper } from './paper.mjs';

describe('a Vorgang', () => {
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

  /** A new Vorgang of one's own. */
  async function create(betreff, { mine = true } = {}) {
    const { vorgang } = await desk.run('vorgang.create', { einheit, betreff });
    if (mine) await desk.run('vorgang.assign', { vorgang, person: me });
    return vorgang;
  }

  /** `documents` are made up under the hashes of those that lie in the Vorgang. */
  async function open(vorgang, { documents = {}, ...options } = {}) {
    const page = await desk.open(`#/vorgaenge/vorgang/${vorgang}`, {
      ...options,
      before: (page) => paper(page, documents),
    });
    await page.getByRole('tablist', { name: 'Bereiche des Vorgangs' }).waitFor();
    await page.locator('#arbeitsbereich').focus();
    return page;
  }

  const stored = async (vorgang) => (await desk.run('vorgang.show', { vorgang })).vorgang;

  it('has no barrier in any of its parts', async () => {
    const vorgang = await create('Gewerbeanmeldung, Gaststätte mit Ausschank');
    await desk.run('notiz.add', { vorgang, text: 'Telefonat: Pachtvertrag kommt bis Freitag.' });
    await desk.run('frist.set', { vorgang, name: 'Entscheidung', ende: '2030-12-20' });
    await desk.run('frist.set', { vorgang, name: 'Anhörung', ende: '2020-01-07' });
    await desk.run('wiedervorlage.add', { vorgang, am: '2020-01-07', grund: 'Pachtvertrag da?' });
    const path = await desk.upload('Pachtvertrag.txt', 'Pachtvertrag');
    await desk.run('schriftstueck.add', { vorgang, path });
    for (const theme of ['light', 'dark']) {
      for (const tab of ['Überblick', 'Schriftstücke', 'Fristen', 'Verlauf']) {
        const page = await open(vorgang, { theme });
        await page.getByRole('tab', { name: new RegExp(tab) }).click();
        await page.waitForTimeout(200);
        await accessible(page, `${tab}, ${theme}`);
        await shot(page, `vorgang-${tab}-${theme}`);
        assert.deepEqual(page.wrong, []);
        await page.close();
      }
    }
  });

  it('has no barrier in any of its forms', async () => {
    const vorgang = await create('Formulare');
    const page = await open(vorgang);
    for (const key of ['n', 'w', 'z', 'a']) {
      await page.locator('#arbeitsbereich').focus();
      await page.keyboard.press(key);
      const form = page.locator('form');
      await form.waitFor();
      await accessible(page, `form of ${key}`);
      await shot(page, `form-${key}`);
      await page.keyboard.press('Escape');
      await form.waitFor({ state: 'detached' });
    }
    assert.deepEqual(page.wrong, []);
  });

  it('takes a note without the mouse', async () => {
    const vorgang = await create('Notiz');
    const page = await open(vorgang);
    await page.keyboard.press('n');
    await page.keyboard.type('Rückruf am Freitag.');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('region', { name: 'Notizen' }).getByText('Rückruf am Freitag.').waitFor();
    const texts = Object.values((await stored(vorgang)).notizen).map(({ text }) => text);
    assert.deepEqual(texts, ['Rückruf am Freitag.']);
  });

  it('keeps what was begun, over a restart of the window', async () => {
    const vorgang = await create('Entwurf');
    const page = await open(vorgang);
    await page.keyboard.press('n');
    await page.keyboard.type('Noch nicht fertig');
    await page.getByText('Entwurf aufgehoben').waitFor();
    await page.reload();
    await page.getByText('eine Notiz angefangen').waitFor();
    await page.getByRole('button', { name: 'Weiterschreiben' }).click();
    await page.getByRole('textbox', { name: 'Notiz' }).waitFor();
    await page.waitForFunction(() => document.querySelector('textarea').value === 'Noch nicht fertig');
    await page.keyboard.press('Control+Enter');
    await page.locator('form').waitFor({ state: 'detached' });
    assert.equal((await desk.run('draft.get', { name: `notiz/${vorgang}` })).draft, null);
  });

  it('understands a day as it is said, and says it back', async () => {
    const vorgang = await create('Wiedervorlage');
    const page = await open(vorgang);
    await page.keyboard.press('w');
    await page.keyboard.type('31.2.');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Bitte geben Sie einen Tag an.').waitFor();
    await page.getByRole('textbox', { name: 'Am' }).fill('24.12.2030');
    await page.getByText('Dienstag, 24. Dezember 2030').waitFor();
    await page.keyboard.press('Control+Enter');
    await page.locator('form').waitFor({ state: 'detached' });
    const [one] = Object.values((await stored(vorgang)).wiedervorlagen);
    assert.equal(one.am, '2030-12-24');
  });

  it('chooses a day in the calendar by arrows', async () => {
    const vorgang = await create('Kalender');
    const page = await open(vorgang);
    await page.keyboard.press('w');
    await page.getByRole('textbox', { name: 'Am' }).fill('30.12.2030');
    await page.keyboard.press('Alt+ArrowDown');
    await page.getByRole('dialog', { name: 'Kalender' }).waitFor();
    await accessible(page, 'calendar');
    await shot(page, 'calendar');
    for (const key of ['ArrowDown', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
    assert.equal(await page.getByRole('textbox', { name: 'Am' }).inputValue(), '07.01.2031');
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'INPUT');
  });

  it('wants a reason when it is handed on', async () => {
    const vorgang = await create('Weitergeben');
    const page = await open(vorgang);
    await page.keyboard.press('z');
    await page.locator('form').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Bitte schreiben Sie kurz, warum').waitFor();
    await page.getByRole('textbox', { name: 'Grund' }).fill('Ab morgen im Urlaub.');
    await page.keyboard.press('Control+Enter');
    await page.locator('form').waitFor({ state: 'detached' });
    assert.notEqual((await stored(vorgang)).zuweisung, me);
  });

  it('takes back what was just done', async () => {
    const vorgang = await create('Rückgängig', { mine: false });
    const page = await open(vorgang);
    await page.getByRole('button', { name: 'Übernehmen' }).first().click();
    await page.getByText('jetzt Ihnen zugewiesen').first().waitFor();
    await page.locator('#arbeitsbereich').focus();
    await page.keyboard.press('Control+z');
    await page.getByText('Zurückgenommen').first().waitFor();
    assert.equal((await stored(vorgang)).zuweisung, null);
  });

  it('offers one next step after the other', async () => {
    const vorgang = await create('Schritte', { mine: false });
    const page = await open(vorgang);
    const primary = page.locator('header .kern-btn--primary');
    for (const step of ['Übernehmen', 'Bearbeitung beginnen']) {
      await primary.getByText(step).waitFor();
      assert.equal(await primary.count(), 1);
      await page.locator('#arbeitsbereich').focus();
      await page.keyboard.press('Control+Enter');
    }
    await primary.getByText('In eine Akte ablegen').waitFor();
  });

  it('keeps the next step beside the other buttons where the window is small', async () => {
    const vorgang = await create('Schmales Fenster', { mine: false });
    await desk.run('vorgang.assign', { vorgang, person: me });
    await desk.run('wiedervorlage.add', { vorgang, am: '2020-01-07', grund: 'Pachtvertrag da?' });
    await desk.run('vorgang.set_status', { vorgang, status: 'in_bearbeitung' });
    const page = await open(vorgang, { width: 1280, height: 720 });
    const primary = page.getByRole('button', { name: 'Wiedervorlage erledigen' });
    await primary.waitFor();
    const first = await page.getByRole('button', { name: 'Notiz', exact: true }).boundingBox();
    assert.equal((await primary.boundingBox()).y, first.y);
    await page.getByRole('button', { name: 'Mehr' }).click();
    await page.getByRole('menuitem', { name: 'Betreff ändern' }).click();
    await page.getByRole('textbox', { name: 'Betreff' }).waitFor();
  });

  it('names what arrived for it, and tells that as one thing', async () => {
    const vorgang = await create('Eingänge');
    const path = await desk.upload('Nachweis.txt', 'Nachweis');
    const { eingang } = await desk.run('eingang.record', {
      einheit,
      kanal: 'papier',
      betreff: 'Nachgereichter Nachweis',
      paths: [path],
    });
    await desk.run('eingang.assign', { eingang, vorgang });
    await desk.settled();
    const page = await open(vorgang);
    await page
      .getByRole('region', { name: 'Eingänge' })
      .getByRole('link', { name: 'Nachgereichter Nachweis' })
      .waitFor();
    await page.getByRole('tab', { name: 'Verlauf' }).click();
    const told = page.getByText(/den Eingang „Nachgereichter Nachweis“ mit dem Schriftstück „Nachweis“ zugeordnet/);
    await told.waitFor();
    assert.equal(await told.count(), 1);
    await page.getByRole('tab', { name: 'Überblick' }).click();
    await page.getByRole('link', { name: 'Nachgereichter Nachweis' }).click();
    await page.getByRole('heading', { name: 'Nachgereichter Nachweis', level: 2 }).waitFor();
  });

  it('gives a document another name', async () => {
    const vorgang = await create('Umbenennen');
    const path = await desk.upload('scan0001.txt', 'Pachtvertrag');
    await desk.run('schriftstueck.add', { vorgang, path });
    const page = await open(vorgang);
    await page.keyboard.press('d');
    await page.getByRole('button', { name: 'Umbenennen' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Pachtvertrag');
    await accessible(page, 'renaming a document');
    await shot(page, 'vorgang-rename-file');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('button', { name: /^Pachtvertrag/ }).waitFor();
    assert.equal((await stored(vorgang)).schriftstuecke[0].betreff, 'Pachtvertrag');
  });

  it('keeps both Fassungen where a colleague was faster than the open form', async () => {
    const vorgang = await create('Doppelt');
    await desk.settled();
    const page = await open(vorgang);
    await page.getByRole('button', { name: 'Mehr' }).click();
    await page.getByRole('menuitem', { name: 'Betreff ändern' }).click();
    await page.getByRole('textbox', { name: 'Betreff' }).fill('Doppelt, mein Betreff');
    await desk.run('vorgang.change', { vorgang, betreff: 'Doppelt, anderer Betreff' });
    await page.getByText('Inzwischen hat jemand das geändert').waitFor();
    await accessible(page, 'overtaken form');
    await page.keyboard.press('Control+Enter');
    await page.locator('form').waitFor({ state: 'detached' });
    const { betreff, contested } = await stored(vorgang);
    assert.deepEqual([betreff, contested], ['Doppelt, anderer Betreff', ['betreff']]);
  });

  it('asks before it is closed with something open, and opens again', async () => {
    const vorgang = await create('Schließen');
    await desk.run('frist.set', { vorgang, name: 'Entscheidung', ende: '2030-12-20' });
    const page = await open(vorgang);
    await page.getByRole('button', { name: 'Mehr' }).click();
    await page.getByRole('menuitem', { name: 'Zu den Akten legen' }).click();
    await page.locator('form').getByText('Die Frist „Entscheidung“ läuft noch').waitFor();
    await accessible(page, 'closing');
    await shot(page, 'closing');
    await page.keyboard.press('Control+Enter');
    await page.getByText('warum der Vorgang trotzdem geschlossen wird').waitFor();
    await page.getByRole('textbox', { name: 'Grund' }).fill('Antrag zurückgezogen.');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Zu den Akten gelegt', { exact: true }).waitFor();
    assert.equal((await stored(vorgang)).status, 'zd_a');
    await page.locator('#arbeitsbereich').focus();
    await page.keyboard.press('n');
    assert.equal(await page.locator('form').count(), 0);
    await page.getByRole('button', { name: 'Mehr' }).click();
    await page.getByRole('menuitem', { name: 'Wieder öffnen' }).click();
    await page.getByText('In Bearbeitung', { exact: true }).waitFor();
  });

  it('settles what is open on the way to closing it, and keeps the reason meanwhile', async () => {
    const vorgang = await create('Aufräumen');
    await desk.run('wiedervorlage.add', { vorgang, am: '2030-12-20', grund: 'Nachsehen' });
    const { frist } = await desk.run('frist.set', { vorgang, name: 'Anhörung', ende: '2020-01-07' });
    assert.ok(frist);
    for (const theme of ['dark', 'light']) {
      const page = await open(vorgang, { theme, width: 1280, height: 720 });
      await page.getByRole('button', { name: 'Mehr' }).click();
      await page.getByRole('menuitem', { name: 'Zu den Akten legen' }).click();
      await page.getByText('Die Wiedervorlage „Nachsehen“').first().waitFor();
      await accessible(page, `closing, ${theme}`);
      await shot(page, `closing-${theme}`);
      if (theme === 'dark') {
        await page.close();
        continue;
      }
      const form = page.locator('form');
      await page.getByRole('textbox', { name: 'Grund' }).fill('Alles getan.');
      await form.getByRole('button', { name: 'Erledigt' }).click();
      await form.getByText('Die Wiedervorlage „Nachsehen“').waitFor({ state: 'detached' });
      assert.notEqual(await page.evaluate(() => document.activeElement.tagName), 'BODY', 'the focus is not lost');
      await form.getByRole('button', { name: 'Wegnehmen' }).click();
      await form.getByRole('heading', { name: 'Frist „Anhörung“ wegnehmen' }).waitFor();
      await page.keyboard.press('Control+Enter');
      await form.getByRole('heading', { name: 'Zu den Akten legen' }).waitFor();
      await form.getByText('Die Frist „Anhörung“').waitFor({ state: 'detached' });
      await form.getByText('liegt in keiner Akte').waitFor();
      assert.equal(await page.getByRole('textbox', { name: 'Grund' }).inputValue(), 'Alles getan.');
      await page.keyboard.press('Control+Enter');
      await page.getByText('Zu den Akten gelegt', { exact: true }).waitFor();
      assert.deepEqual(page.wrong, []);
    }
  });

  it('proposes an Akte and says why', async () => {
    const { akten } = await desk.run('akte.list');
    const akte = akten[0];
    const vorgang = await create(`Nachtrag zu ${akte.aktenzeichen}`);
    for (const theme of ['dark', 'light']) {
      const page = await open(vorgang, { theme, width: 1280, height: 720 });
      await page.keyboard.press('a');
      const form = page.locator('form');
      const first = form.getByRole('group', { name: 'Vorschläge' }).getByRole('radio').first();
      await first.waitFor();
      await form.getByText('Ihr Aktenzeichen steht im Betreff.').waitFor();
      await accessible(page, `filing, ${theme}`);
      await shot(page, `filing-${theme}`);
      if (theme === 'light') {
        await first.check();
        await page.keyboard.press('Control+Enter');
        await form.waitFor({ state: 'detached' });
        assert.equal((await stored(vorgang)).akte.id, akte.akte);
      }
      assert.deepEqual(page.wrong, []);
      await page.close();
    }
    const page = await desk.open(`#/akten/akte/${akte.akte}`);
    await page.getByRole('heading', { name: akte.betreff }).waitFor();
    await page.getByText('Zuletzt bearbeitet').waitFor();
    await accessible(page, 'an Akte');
    await shot(page, 'akte');
  });

  it('goes on working without the Zentrale', async () => {
    const vorgang = await create('Offline');
    await desk.settled();
    await desk.offline();
    try {
      const page = await open(vorgang);
      await page.keyboard.press('n');
      await page.keyboard.type('Im Zug geschrieben.');
      await page.keyboard.press('Control+Enter');
      const waits = page.locator('#arbeitsbereich').getByText('1 Eintrag wartet auf die Zentrale');
      await waits.waitFor();
      await shot(page, 'vorgang-offline');
      await desk.online();
      await waits.waitFor({ state: 'detached' });
    } finally {
      await desk.online();
    }
  });

  it('shows dropped files before it takes them in, and says which it refuses', async () => {
    const vorgang = await create('Dateien');
    const page = await open(vorgang);
    await page.evaluate(() => {
      const files = new DataTransfer();
      files.items.add(new File(['Grundriss'], 'Grundriss.txt', { type: 'text/plain' }));
      files.items.add(new File(['MZ'], 'Antrag\u202Efdp.exe'));
      files.items.add(new File(['Lageplan'], 'Lageplan.txt', { type: 'text/plain' }));
      const place = document.querySelector('#arbeitsbereich').getBoundingClientRect();
      const at = { clientX: place.left + 200, clientY: place.top + 300, bubbles: true, cancelable: true };
      window.dispatchEvent(new DragEvent('drop', { ...at, dataTransfer: files }));
    });
    const form = page.locator('form');
    await form.getByRole('heading', { name: 'Dateien aufnehmen' }).waitFor();
    await form.getByText('die sich nicht anzeigen lassen').waitFor();
    await accessible(page, 'files before they are taken in');
    await shot(page, 'vorgang-files');
    assert.deepEqual((await stored(vorgang)).schriftstuecke, [], 'nothing is taken in before somebody says so');
    await form.getByRole('textbox', { name: 'Betreff von Lageplan.txt' }).fill('Lageplan vom Mai');
    await form.getByRole('button', { name: '2 von 3 Dateien aufnehmen' }).click();
    await page.getByText('2 Dateien sind aufgenommen.').first().waitFor();
    await form.waitFor({ state: 'detached' });
    await page.locator('#arbeitsbereich').focus();
    await page.keyboard.press('d');
    await page.getByRole('button', { name: /Grundriss/ }).waitFor();
    const names = (await stored(vorgang)).schriftstuecke.map(({ betreff }) => betreff);
    assert.deepEqual(names.sort(), ['Grundriss', 'Lageplan vom Mai']);
  });

  it('shows the newest document beside it, another by choice, and one over the whole window', async () => {
    const vorgang = await create('Ansicht');
    const documents = {};
    for (const name of ['Grundriss', 'Lageplan']) {
      const path = await desk.upload(`${name}.txt`, name);
      const { hashes } = await desk.run('schriftstueck.add', { vorgang, path });
      documents[hashes[0]] = { pages: 3 };
    }
    const page = await open(vorgang, { documents });
    const viewer = page.getByRole('region', { name: 'Ansicht des Schriftstücks' });
    await viewer.getByRole('heading', { name: 'Lageplan' }).waitFor();
    await page.keyboard.press('d');
    await page.getByRole('button', { name: /Grundriss/ }).click();
    await viewer.getByRole('heading', { name: 'Grundriss' }).waitFor();
    await page.locator('.scroller img').nth(1).waitFor();
    await accessible(page, 'beside');
    await shot(page, 'vorgang-beside');

    await page.keyboard.press('F11');
    await page.getByRole('button', { name: 'Wieder neben den Vorgang (F11)' }).waitFor();
    const box = await viewer.boundingBox();
    assert.deepEqual([box.x, box.y, box.width], [0, 0, 1440]);
    const behind = await page
      .locator('nav, [role="tab"]')
      .evaluateAll((all) => all.filter((one) => !one.closest('[inert]')));
    const within = await viewer.locator('nav').count();
    assert.equal(behind.length, within, 'what lies behind is out of reach');
    await accessible(page, 'whole window');
    await shot(page, 'vorgang-full');
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: 'Verlauf' }).waitFor();
    assert.deepEqual(page.wrong, []);
  });

  it('lets the border be moved by keys', async () => {
    const vorgang = await create('Grenze');
    const path = await desk.upload('Brief.txt', 'Brief');
    const { hashes } = await desk.run('schriftstueck.add', { vorgang, path });
    const page = await open(vorgang, { documents: { [hashes[0]]: { pages: 1 } } });
    const border = page.getByRole('separator', { name: 'Grenze zwischen Vorgang und Schriftstück' });
    const before = Number(await border.getAttribute('aria-valuenow'));
    await border.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    assert.ok(Number(await border.getAttribute('aria-valuenow')) > before);
  });

  it('stays within its width at 200 %', async () => {
    const vorgang = await create(
      'Ein sehr langer Betreff, der nirgends in eine Zeile passt, mit Donaudampfschifffahrtsgesellschaft',
    );
    const page = await open(vorgang, { width: 640, height: 480 });
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    );
    assert.equal(wider, false);
    await accessible(page, '200 %');
    await shot(page, 'vorgang-200');
  });
});
