import { expect, it } from 'vitest';

import type { Node } from '../shared/tree/tree';
import { planTree } from './plan';

const entry = (schluessel: string) => ({
  aktenplaneintrag: `id-${schluessel}`,
  schluessel,
  name: `Aufgabe ${schluessel}`,
});
const shape = (nodes: readonly Node[]): unknown[] => nodes.map((node) => [node.id, shape(node.children)]);

it('reads the tree out of the keys', () => {
  expect(shape(planTree(['63', '32.20', '3', '32.10.1', '32.10', '32', '32.2'].map(entry)))).toEqual([
    [
      'id-3',
      [
        [
          'id-32',
          [
            ['id-32.2', []],
            ['id-32.10', [['id-32.10.1', []]]],
            ['id-32.20', []],
          ],
        ],
      ],
    ],
    ['id-63', []],
  ]);
});

it('says what stands behind an entry', () => {
  expect(planTree([entry('32')], ({ schluessel }) => `${schluessel} Akten`)[0]).toMatchObject({
    label: '32 Aufgabe 32',
    hint: '32 Akten',
  });
});
