import { expect, it } from 'vitest';

import { readPages } from './print';

it.each([
  ['', [0, 1, 2, 3, 4]],
  ['2', [1]],
  ['1-3, 5', [0, 1, 2, 4]],
  ['3–', [2, 3, 4]],
  ['-2', [0, 1]],
  ['5; 1', [0, 4]],
  ['0', undefined],
  ['6', undefined],
  ['3-2', undefined],
  ['eins', undefined],
  ['1,,2', undefined],
] as const)('„%s“ of five pages', (text, pages) => {
  expect(readPages(text, 5)).toEqual(pages);
});
