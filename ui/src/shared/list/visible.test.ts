import { expect, it } from 'vitest';

import { reached, revealing, visible } from './visible';

it.each([
  ['the top', 0, 540, 100_000, { first: 0, end: 18 }],
  ['the middle', 5400, 540, 100_000, { first: 92, end: 118 }],
  ['the end', 5_399_460, 540, 100_000, { first: 99_982, end: 100_000 }],
  ['a list shorter than its place', 0, 540, 3, { first: 0, end: 3 }],
  ['an empty list', 0, 540, 0, { first: 0, end: 0 }],
  ['a list that got shorter while it was scrolled down', 5400, 540, 10, { first: 10, end: 10 }],
])('draws only what is seen: %s', (_case, scrollTop, height, total, range) => {
  expect(visible(scrollTop, height, 54, total)).toEqual(range);
});

it.each([
  ['seen already', 12, 540, 540],
  ['above', 5, 540, 270],
  ['below', 20, 540, 594],
])('scrolls no more than needed: %s', (_case, row, scrollTop, expected) => {
  expect(revealing(row, scrollTop, 540, 54)).toBe(expected);
});

it.each([
  ['ArrowDown', 3, 4],
  ['ArrowDown', 9, 9],
  ['ArrowDown', -1, 0],
  ['ArrowUp', -1, 0],
  ['ArrowUp', 0, 0],
  ['End', 2, 9],
  ['Home', 7, 0],
  ['PageDown', 2, 7],
  ['x', 2, undefined],
])('%s from %i leads to %s', (key, row, expected) => {
  expect(reached(key, row, 10, 5)).toBe(expected);
});
