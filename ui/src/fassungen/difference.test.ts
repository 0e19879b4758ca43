import { expect, it } from 'vitest';

import { difference } from './difference';

const shape = (before: string, after: string): string =>
  difference(before, after)
    .map(({ text, changed }) => (changed ? `[${text.trim()}]` : text.trim()))
    .join(' ');

it.each([
  ['Gewerbeanmeldung', 'Gewerbeanmeldung', 'Gewerbeanmeldung'],
  ['Gewerbeanmeldung Bäckerei', 'Gewerbeanmeldung Bäckerei am Markt', 'Gewerbeanmeldung Bäckerei [am Markt]'],
  ['Frist 22.12.2026', 'Frist 23.12.2026', 'Frist [23.12.2026]'],
  ['a b c d', 'a x c d', 'a [x] c d'],
  ['', 'ganz neu', '[ganz neu]'],
  ['war da', '', ''],
])('„%s“ to „%s“', (before, after, expected) => {
  expect(shape(before, after)).toBe(expected);
});

it('does not compare whole books word by word', () => {
  const long = 'Wort '.repeat(1000);
  expect(difference(long, `${long}neu`)).toHaveLength(1);
});
