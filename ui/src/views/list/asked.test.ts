import { expect, it } from 'vitest';

import { eingaengeOf, endOfWeek, isNarrowed, vorgaengeOf } from './asked';

const ME = 'anna';
/** Wednesday. */
const TODAY = '2026-11-25';

it.each([
  ['one’s own at first', {}, { person: ME }],
  ['those nobody has', { wessen: 'frei' }, { unassigned_only: true }],
  ['all', { wessen: 'alle' }, {}],
  ['those of a colleague', { wessen: 'alle', person: 'bernd' }, { person: 'bernd' }],
  ['due until Sunday', { faellig: 'woche' }, { person: ME, faellig_bis: '2026-11-29' }],
  ['closed ones when asked for', { status: 'zd_a' }, { person: ME, status: ['zd_a'], closed_too: true }],
  ['sorted', { sort: 'betreff', ab: '1' }, { person: ME, sort: 'betreff', descending: true }],
  ['not by what cannot be sorted by', { sort: 'unfug' }, { person: ME }],
])('asks for Vorgänge: %s', (_case, query, expected) => {
  expect(vorgaengeOf(query, ME, TODAY)).toEqual(expected);
});

it('asks for Eingänge', () => {
  expect(eingaengeOf({ kanal: 'portal', text: 'Anker', auch: '1' })).toEqual({
    kanal: 'portal',
    text: 'Anker',
    assigned_too: true,
  });
});

it.each([
  ['2026-11-25', '2026-11-29'],
  ['2026-11-29', '2026-11-29'],
  ['2026-12-28', '2027-01-03'],
])('the week of %s ends on %s', (day, sunday) => {
  expect(endOfWeek(day)).toBe(sunday);
});

it('offers to keep only what was narrowed', () => {
  const route = (query: Record<string, string>) => ({
    view: 'vorgaenge' as const,
    item: undefined,
    tab: undefined,
    query,
  });
  expect(isNarrowed(route({ tabelle: '1', sort: 'betreff', text: '' }))).toBe(false);
  expect(isNarrowed(route({ wessen: 'frei' }))).toBe(true);
});
