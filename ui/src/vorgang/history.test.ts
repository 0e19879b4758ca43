import { expect, it } from 'vitest';

import { byDay, type HistoryLine } from './history';

const line = (at: Date, sentence: string): HistoryLine => ({
  entry: sentence,
  at: at.getTime(),
  author: 'anna',
  waiting: false,
  what: { kind: 'notiz' },
  sentence,
});

it('stands by day, in the order it came', () => {
  const lines = [
    line(new Date(2026, 10, 25, 10), 'c'),
    line(new Date(2026, 10, 25, 8), 'b'),
    line(new Date(2026, 10, 24, 23, 59), 'a'),
  ];
  expect(byDay(lines).map(({ day, lines }) => [day, lines.map(({ sentence }) => sentence)])).toEqual([
    ['2026-11-25', ['c', 'b']],
    ['2026-11-24', ['a']],
  ]);
});
