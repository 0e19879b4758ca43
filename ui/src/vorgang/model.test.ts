import { describe, expect, it } from 'vitest';

import { readVorgang, shownFormat, type Vorgang } from './model';
import { nextStep } from './next';
import { openAtClose, openThings } from './open';

const ANNA = 'anna';
const BERND = 'bernd';
const TODAY = '2026-11-25';

const stamp = (at: number, by = ANNA) => ({ at, by });
const format = (hash: string) => ({ name: `${hash}.pdf`, medientyp: 'application/pdf', hash, size_bytes: 1 });

function vorgang(json: object = {}, absent: string[] = []): Vorgang {
  const usual = {
    id: 'v',
    betreff: 'Gewerbeanmeldung',
    einheit: 'gewerbe',
    status: 'in_bearbeitung',
    angelegt: stamp(1),
    zuweisung: ANNA,
    akte: 'a',
  };
  return readVorgang({ vorgang: { ...usual, ...json }, revision: 1, waiting: 0, absent });
}

const kinds = (one: Vorgang): string[] => openThings(one, TODAY).map(({ kind }) => kind);

describe('reading', () => {
  it('puts the newest note first and what is done last', () => {
    const one = vorgang({
      notizen: { a: { text: 'erste', angelegt: stamp(1) }, b: { text: 'zweite', angelegt: stamp(2) } },
      wiedervorlagen: {
        a: { am: '2026-11-01', grund: 'erledigt', angelegt: stamp(1), erledigt: stamp(2) },
        b: { am: '2026-12-04', grund: 'später', angelegt: stamp(1) },
        c: { am: '2026-11-30', grund: 'bald', angelegt: stamp(1) },
      },
    });
    expect(one.notizen.map(({ text }) => text)).toEqual(['zweite', 'erste']);
    expect(one.wiedervorlagen.map(({ grund }) => grund)).toEqual(['bald', 'später', 'erledigt']);
  });

  it('knows since when a status holds', () => {
    expect(vorgang().statusSince).toEqual(stamp(1));
    expect(vorgang({ felder: { gesetzt: { status: stamp(7, BERND) } } }).statusSince).toEqual(stamp(7, BERND));
  });

  it('shows the Fassung that counts, not the newest', () => {
    const fassungen = {
      f1: { id: 'f1', angelegt: stamp(1), formate: [format('eins')] },
      f2: { id: 'f2', angelegt: stamp(2), formate: [format('zwei')] },
    };
    const [one] = vorgang({
      schriftstuecke: { s: { id: 's', betreff: 'Brief', aktuell: 'f1', fassungen } },
    }).schriftstuecke;
    expect(one?.fassungen.map(({ id }) => id)).toEqual(['f2', 'f1']);
    expect(one && shownFormat(one)?.hash).toBe('eins');
    expect(one && shownFormat(one, 'f2')?.hash).toBe('zwei');
  });
});

describe('what is open', () => {
  it('is nothing when everything is done', () => {
    expect(kinds(vorgang())).toEqual([]);
  });

  it('comes with the worst first', () => {
    const one = vorgang({
      zuweisung: undefined,
      akte: undefined,
      fristen: {
        a: { name: 'spät', ende: '2026-11-24' },
        b: { name: 'nah', ende: '2026-12-02' },
        c: { name: 'fern', ende: '2026-12-22' },
      },
      wiedervorlagen: {
        a: { am: TODAY, grund: 'heute', angelegt: stamp(1) },
        b: { am: '2026-12-04', grund: 'später', angelegt: stamp(1) },
        c: { am: '2026-11-01', grund: 'war', angelegt: stamp(1), erledigt: stamp(2) },
      },
      felder: { conflicts: { x: { contested: { zuweisung: {} } } } },
    });
    expect(kinds(one)).toEqual([
      'contested',
      'frist_over',
      'frist_near',
      'wiedervorlage_due',
      'unassigned',
      'unfiled',
      'frist_running',
      'wiedervorlage_later',
    ]);
  });

  it('is not asked of what lies with the Akten', () => {
    expect(
      kinds(vorgang({ status: 'zd_a', akte: undefined, fristen: { a: { name: 'x', ende: '2020-01-01' } } })),
    ).toEqual([]);
  });

  it('does not keep from closing because nobody is assigned or a document is still on its way', () => {
    expect(openAtClose(vorgang({ zuweisung: undefined }, ['hash']), TODAY)).toEqual([]);
  });
});

describe('the next step', () => {
  it.each([
    ['two versions come first', { felder: { conflicts: { x: { contested: { status: {} } } } } }, 'resolve'],
    ['nobody has it', { zuweisung: undefined }, 'take'],
    ['somebody else has it', { zuweisung: BERND }, 'take'],
    ['mine and not begun', { status: 'offen' }, 'begin'],
    [
      'due today',
      { status: 'wartet', wiedervorlagen: { a: { am: TODAY, grund: 'x', angelegt: stamp(1) } } },
      'tick_off',
    ],
    ['waiting for somebody outside', { status: 'wartet' }, 'resume'],
    ['in no Akte', { akte: undefined }, 'file'],
    ['all done', {}, 'close'],
    ['a Frist runs and nobody is reminded', { fristen: { a: { name: 'x', ende: '2026-12-22' } } }, 'remind'],
    [
      'a Frist runs and somebody is reminded',
      {
        fristen: { a: { name: 'x', ende: '2026-12-22' } },
        wiedervorlagen: { a: { am: '2026-12-04', grund: 'x', angelegt: stamp(1) } },
      },
      undefined,
    ],
    ['closed', { status: 'zd_a' }, undefined],
  ] as const)('%s', (_case, json, step) => {
    expect(nextStep(vorgang(json), ANNA, TODAY)).toBe(step);
  });
});
