import { expect, it } from 'vitest';

import { format, parse, split } from './route';

it.each([
  ['#/eingang', { view: 'eingang', item: undefined, tab: undefined, query: {} }],
  ['#/vorgaenge/vorgang/0190-a', { view: 'vorgaenge', item: 'vorgang/0190-a', tab: undefined, query: {} }],
  ['#/akten/vorgang/7/verlauf', { view: 'akten', item: 'vorgang/7', tab: 'verlauf', query: {} }],
  ['#/suche?text=M%C3%BCller+32', { view: 'suche', item: undefined, tab: undefined, query: { text: 'Müller 32' } }],
] as const)('an address is a place and back: %s', (address, place) => {
  expect(parse(address)).toEqual(place);
  expect(format(place)).toBe(address);
});

it.each(['', '#', '#/gibtesnicht/vorgang/7/verlauf', '#/%E0%A4%A'])(
  'what is no place leads to the Eingang: „%s“',
  (hash) => {
    expect(parse(hash)).toMatchObject({ view: 'eingang', item: undefined, tab: undefined });
  },
);

it('leaves empty filters out of the address', () => {
  expect(format({ view: 'eingang', item: undefined, tab: undefined, query: { kanal: '', text: 'a' } })).toBe(
    '#/eingang?text=a',
  );
});

it('tells kind from id', () => {
  expect(split('vorgang/0190-a')).toEqual({ kind: 'vorgang', id: '0190-a' });
});
