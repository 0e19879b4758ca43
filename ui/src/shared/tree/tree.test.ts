import { describe, expect, it } from 'vitest';

import { above, move, rowsOf, type Node } from './tree';

const node = (id: string, ...children: Node[]): Node => ({ id, label: id, children });
const TREE = [node('3', node('32', node('32.10'), node('32.20'))), node('6', node('63'))];
const OPEN = new Set(['3', '32']);
const ROWS = rowsOf(TREE, OPEN);

it('shows what is unfolded', () => {
  expect(rowsOf(TREE, new Set()).map((row) => row.node.id)).toEqual(['3', '6']);
  expect(ROWS.map((row) => [row.node.id, row.level, row.position, row.siblings])).toEqual([
    ['3', 1, 1, 2],
    ['32', 2, 1, 1],
    ['32.10', 3, 1, 2],
    ['32.20', 3, 2, 2],
    ['6', 1, 2, 2],
  ]);
});

it('knows the way down to a node', () => {
  expect(above(TREE, '32.10')).toEqual(['3', '32']);
  expect(above(TREE, '3')).toEqual([]);
  expect(above(TREE, '99')).toBeUndefined();
});

describe('keys', () => {
  it.each([
    ['ArrowDown', 0, { to: 1 }],
    ['ArrowDown', 4, { to: 4 }],
    ['ArrowUp', 0, { to: 0 }],
    ['End', 1, { to: 4 }],
    ['ArrowRight', 4, { unfold: '6' }],
    ['ArrowRight', 1, { to: 2 }],
    ['ArrowRight', 2, undefined],
    ['ArrowLeft', 1, { fold: '32' }],
    ['ArrowLeft', 2, { to: 1 }],
    ['ArrowLeft', 4, undefined],
    ['x', 0, undefined],
  ])('%s at row %i', (key, at, expected) => {
    expect(move(key, ROWS, at, OPEN)).toEqual(expected);
  });
});
