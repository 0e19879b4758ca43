import { expect, it } from 'vitest';

import { vorgang as words } from '../lib/texts/vorgang';
import type { VorgangClosingPoint } from '../lib/api/commands';
import { byWeight, waysOut } from './closing';

const point = (weight: VorgangClosingPoint['weight'], about: VorgangClosingPoint['about']): VorgangClosingPoint => ({
  weight,
  about,
  sentence: `${about.kind}.`,
});

it('puts what prevents closing first and leaves empty groups out', () => {
  const points = [
    point('tells', { kind: 'waiting' }),
    point('warns', { kind: 'unfiled' }),
    point('prevents', { kind: 'contested' }),
    point('warns', { kind: 'frist', frist: 'f' }),
  ];
  expect(byWeight(points).map(({ weight, points }) => [weight, points.map(({ about }) => about.kind)])).toEqual([
    ['prevents', ['contested']],
    ['warns', ['unfiled', 'frist']],
    ['tells', ['waiting']],
  ]);
  expect(byWeight(points.slice(0, 1)).map(({ weight }) => weight)).toEqual(['tells']);
  expect(byWeight([])).toEqual([]);
});

it('has words for every way out', () => {
  for (const kind of ['contested', 'stuck', 'refused', 'awaiting', 'frist', 'wiedervorlage', 'unfiled'] as const) {
    expect(waysOut(kind).map((way) => words.closing.way[way])).not.toContain(undefined);
    expect(waysOut(kind).length).toBeGreaterThan(0);
  }
  expect(waysOut('closed')).toEqual([]);
});
