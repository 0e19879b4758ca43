import { expect, it } from 'vitest';

import { chosenColumns, sortedBy, type Column } from './columns';

const column = (id: string): Column => ({ id, label: id, minPx: 100, share: 1, usual: id !== 'akte', sortable: true });
const ALL = [column('betreff'), column('status'), column('akte')];

it('sorts up, down, and as it was', () => {
  const up = sortedBy('status', undefined);
  expect(up).toEqual({ by: 'status', descending: false });
  const down = sortedBy('status', up);
  expect(down).toEqual({ by: 'status', descending: true });
  expect(sortedBy('status', down)).toBeUndefined();
  expect(sortedBy('akte', down)).toEqual({ by: 'akte', descending: false });
});

it.each([
  ['the usual ones, while nobody chose', undefined, ['betreff', 'status']],
  ['in the order chosen', ['akte', 'betreff'], ['akte', 'betreff']],
  ['without those an older table had', ['akte', 'gone'], ['akte']],
  ['one at least', ['gone'], ['betreff']],
])('shows columns: %s', (_case, wanted, expected) => {
  expect(chosenColumns(ALL, wanted).map(({ id }) => id)).toEqual(expected);
});
