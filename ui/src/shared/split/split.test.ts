import { expect, it } from 'vitest';

import { fit, stepped } from './split';

const BOUNDS = { firstMin: 300, secondMin: 200 };

it.each([
  ['as wished', 0.5, 1007, 0.5],
  ['not below what the first needs', 0.1, 1007, 0.3],
  ['not below what the second needs', 0.95, 1007, 0.8],
  ['the first before the second where both is too much', 0.5, 407, 0.75],
])('%s', (_case, share, width, expected) => {
  expect(fit(share, width, BOUNDS)).toBeCloseTo(expected, 5);
});

it('moves by keys', () => {
  expect(stepped('ArrowLeft', 0.5)).toBeCloseTo(0.47);
  expect(stepped('End', 0.5)).toBe(1);
  expect(stepped('a', 0.5)).toBeUndefined();
});
