import { describe, expect, it } from 'vitest';

import type { Hit } from './document';
import { byPage, firstFrom, stepHit } from './hits';

const hit = (page: number, y: number): Hit => ({ page, boxes: [{ x: 0, y, w: 10, h: 10 }] });
const HITS = [hit(1, 50), hit(1, 300), hit(4, 20)];

describe('the first hit', () => {
  it.each([
    [0, 0, 0],
    [1, 51, 1],
    [2, 0, 2],
    [4, 21, 0],
  ])('from page %i, %i down, is number %i', (page, y, index) => {
    expect(firstFrom(HITS, { page, y })).toBe(index);
  });

  it('is none where there are none', () => {
    expect(firstFrom([], { page: 0, y: 0 })).toBe(-1);
  });
});

describe('next and previous', () => {
  it('go round and say so', () => {
    expect(stepHit(3, 1, 1)).toEqual({ index: 2, wrapped: false });
    expect(stepHit(3, 2, 1)).toEqual({ index: 0, wrapped: true });
    expect(stepHit(3, 0, -1)).toEqual({ index: 2, wrapped: true });
    expect(stepHit(0, -1, 1)).toEqual({ index: -1, wrapped: false });
    expect(stepHit(3, -1, -1)).toEqual({ index: 2, wrapped: false });
  });
});

it('knows the hits of a page with their number', () => {
  expect(
    byPage(HITS)
      .get(1)
      ?.map(({ index }) => index),
  ).toEqual([0, 1]);
  expect(byPage(HITS).get(0)).toBeUndefined();
});
