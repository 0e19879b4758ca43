import { expect, it } from 'vitest';

import type { Node } from '../shared/tree/tree';
import { withAkten } from './akten';

const place = (id: string, children: Node[] = []): Node => ({ id, label: id, children });

const akte = (id: string, aktenplaneintrag: string) => ({
  akte: id,
  aktenplaneintrag,
  aktenzeichen: `32-${id}`,
  betreff: 'Gewerbe',
  contested: false,
  einheit: 'e',
  einheit_name: 'Gewerbe',
});

it('hangs Akten below their place, and leaves out where none are', () => {
  const plan = [place('3', [place('32', [place('32.11')]), place('33')])];
  const [top] = withAkten(plan, [akte('a', '32.11'), akte('b', '32')]);
  expect(top?.children.map(({ id }) => id)).toEqual(['32']);
  expect(top?.children[0]?.children.map(({ id, label }) => [id, label])).toEqual([
    ['32.11', '32.11'],
    ['akte/b', '32-b Gewerbe'],
  ]);
  expect(withAkten(plan, [])).toEqual([]);
});
