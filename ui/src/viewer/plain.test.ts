import { expect, it } from 'vitest';

import { byPage } from './hits';
import { findIn, linesOf, partsOf } from './plain';

const LINES = linesOf('Frist läuft\r\n\nfrist und Frist\rEnde');

it('knows lines by any of their ends', () => {
  expect(LINES).toEqual(['Frist läuft', '', 'frist und Frist', 'Ende']);
});

it('finds words whatever their capitals', () => {
  const { hits } = findIn(LINES, 'FRIST', 0);
  expect(hits.map(({ page, boxes }) => [page, boxes[0]?.x])).toEqual([
    [0, 0],
    [2, 0],
    [2, 10],
  ]);
  expect(findIn(LINES, 'frist', 1).hits).toHaveLength(2);
  expect(findIn(LINES, 'Bescheid', 0).hits).toEqual([]);
});

it('cuts a line where hits are', () => {
  const pages = byPage(findIn(LINES, 'frist', 0).hits);
  expect(partsOf('frist und Frist', pages.get(2) ?? [])).toEqual([
    { text: 'frist', hit: 1 },
    { text: ' und ' },
    { text: 'Frist', hit: 2 },
  ]);
  expect(partsOf('Ende', [])).toEqual([{ text: 'Ende' }]);
  expect(partsOf('', [])).toEqual([{ text: '' }]);
});
