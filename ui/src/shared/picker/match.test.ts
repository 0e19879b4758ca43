import { expect, it } from 'vitest';

import { matching } from './match';

const OPTIONS = [
  { id: '1', label: 'Anna Müller', hint: 'Gewerbeamt' },
  { id: '2', label: 'Bernd Weiß', hint: 'Bauamt' },
  { id: '3', label: 'Emine Yıldız', hint: 'Poststelle' },
  { id: '4', label: 'Weber, Gewerbe', hint: '' },
];

it.each([
  ['', ['1', '2', '3', '4']],
  ['mueller', ['1']],
  ['MÜLLER gew', ['1']],
  ['muller', ['1']],
  ['weiss', ['2']],
  ['gewerbe', ['4', '1']],
  ['we', ['2', '4', '1']],
  ['niemand', []],
])('„%s“ finds %j', (typed, ids) => {
  expect(matching(OPTIONS, typed).map(({ id }) => id)).toEqual(ids);
});
