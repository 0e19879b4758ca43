import { describe, expect, it } from 'vitest';

import type { VorgangShowShown } from '../lib/api/commands';
import { readVorgang, shownFormat, type Vorgang } from './model';
import { nextStep } from './next';
import { openAtClose, openThings } from './open';

const ANNA = 'anna';
const BERND = 'bernd';
const TODAY = '2026-11-25';

const stamp = (at: number, by = ANNA) => ({ at, by, by_name: by });
const format = (hash: string) => ({
  name: `${hash}.pdf`,
  medientyp: 'application/pdf',
  hash,
  size_bytes: 1,
  here: true,
});
const frist = (name: string, ende: string): VorgangShowShown['vorgang']['fristen'][number] => ({
  id: name,
  name,
  ende,
  workdays_left: 3,
  gesetzt: stamp(1),
  rechnung: null,
  sentences: [],
  receipt: 'at_zentrale',
});
const wiedervorlage = (am: string, grund: string, erledigt: ReturnType<typeof stamp> | null = null) => ({
  id: grund,
  am,
  grund,
  angelegt: stamp(1),
  erledigt,
  receipt: 'here' as const,
});

const USUAL: VorgangShowShown['vorgang'] = {
  id: 'v',
  betreff: 'Gewerbeanmeldung',
  einheit: 'gewerbe',
  einheit_name: 'Gewerbe',
  status: 'in_bearbeitung',
  status_since: stamp(1),
  angelegt: stamp(1),
  zuweisung: ANNA,
  zuweisung_name: 'Anna',
  zuweisung_since: stamp(1),
  akte: { id: 'a', aktenzeichen: '32.10-2026/1', betreff: 'Gewerbe', aktenplan: [] },
  leistung: null,
  notizen: [],
  wiedervorlagen: [],
  fristen: [],
  schriftstuecke: [],
  eingaenge: [],
  contested: [],
  receipt: 'at_zentrale',
};

function vorgang(more: Partial<VorgangShowShown['vorgang']> = {}, absent: string[] = []): Vorgang {
  return readVorgang({ vorgang: { ...USUAL, ...more }, revision: 1, waiting: 0, absent, entries: [] });
}

const kinds = (one: Vorgang): string[] => openThings(one, TODAY).map(({ kind }) => kind);

it('shows the Fassung that counts, not the newest', () => {
  const fassung = (id: string, hash: string) => ({
    id,
    angelegt: stamp(1),
    receipt: 'here' as const,
    formate: [format(hash)],
  });
  const fassungen = [fassung('f2', 'zwei'), fassung('f1', 'eins')];
  const [one] = vorgang({
    schriftstuecke: [{ id: 's', betreff: 'Brief', aktuell: 'f1', receipt: 'here', fassungen }],
  }).schriftstuecke;
  expect(one && shownFormat(one)?.hash).toBe('eins');
  expect(one && shownFormat(one, 'f2')?.hash).toBe('zwei');
});

describe('what is open', () => {
  it('is nothing when everything is done', () => {
    expect(kinds(vorgang())).toEqual([]);
  });

  it('comes with the worst first', () => {
    const one = vorgang({
      zuweisung: null,
      akte: null,
      fristen: [frist('spät', '2026-11-24'), frist('nah', '2026-12-02'), frist('fern', '2026-12-22')],
      wiedervorlagen: [
        wiedervorlage(TODAY, 'heute'),
        wiedervorlage('2026-12-04', 'später'),
        wiedervorlage('2026-11-01', 'war', stamp(2)),
      ],
      contested: ['zuweisung'],
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
    expect(kinds(vorgang({ status: 'zd_a', akte: null, fristen: [frist('x', '2020-01-01')] }))).toEqual([]);
  });

  it('does not keep from closing because nobody is assigned or a document is still on its way', () => {
    expect(openAtClose(vorgang({ zuweisung: null }, ['hash']), TODAY)).toEqual([]);
  });
});

describe('the next step', () => {
  const RUNNING = [frist('x', '2026-12-22')];

  it.each<[string, Partial<VorgangShowShown['vorgang']>, string | undefined]>([
    ['two versions come first', { contested: ['status'] }, 'resolve'],
    ['nobody has it', { zuweisung: null }, 'take'],
    ['somebody else has it', { zuweisung: BERND }, 'take'],
    ['mine and not begun', { status: 'offen' }, 'begin'],
    ['due today', { status: 'wartet', wiedervorlagen: [wiedervorlage(TODAY, 'x')] }, 'tick_off'],
    ['waiting for somebody outside', { status: 'wartet' }, 'resume'],
    ['in no Akte', { akte: null }, 'file'],
    ['all done', {}, 'close'],
    ['a Frist runs and nobody is reminded', { fristen: RUNNING }, 'remind'],
    [
      'a Frist runs and somebody is reminded',
      { fristen: RUNNING, wiedervorlagen: [wiedervorlage('2026-12-04', 'x')] },
      undefined,
    ],
    ['closed', { status: 'zd_a' }, undefined],
  ])('%s', (_case, more, step) => {
    expect(nextStep(vorgang(more), ANNA, TODAY)).toBe(step);
  });
});
