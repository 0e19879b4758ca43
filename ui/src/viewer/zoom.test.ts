import { describe, expect, it } from 'vitest';

import { readZoom, scaleOf, sharpWidth, stepZoom, ZOOM_MAX, ZOOM_MIN } from './zoom';

const A4 = { w: 595, h: 842 };
const A3_ACROSS = { w: 1191, h: 842 };
const VIEW = { width: 828, height: 700 };

describe('the size of a page', () => {
  it('fits the width of the widest page', () => {
    expect(scaleOf('width', [A4], 0, 0, VIEW)).toBeCloseTo(800 / (595 * (96 / 72)), 5);
    expect(scaleOf('width', [A4, A3_ACROSS], 0, 0, VIEW)).toBeCloseTo(800 / (1191 * (96 / 72)), 5);
  });

  it('fits the page one is at', () => {
    expect(scaleOf('page', [A4], 0, 0, VIEW)).toBeCloseTo(672 / (842 * (96 / 72)), 5);
    expect(scaleOf('page', [A4], 0, 90, VIEW)).toBeCloseTo(800 / (842 * (96 / 72)), 5);
  });

  it('stays between half and fourfold when chosen by hand', () => {
    expect(scaleOf(9, [A4], 0, 0, VIEW)).toBe(ZOOM_MAX);
    expect(scaleOf(0.1, [A4], 0, 0, VIEW)).toBe(ZOOM_MIN);
  });

  it('lets a large plan fit although half of it would be too large', () => {
    expect(scaleOf('page', [{ w: 2384, h: 3370 }], 0, 0, VIEW)).toBeLessThan(ZOOM_MIN);
  });

  it('keeps the column of a huge document within what a browser can scroll', () => {
    const pages = Array.from({ length: 20_000 }, () => A4);
    expect(scaleOf(4, pages, 0, 0, VIEW) * 20_000 * 842 * (96 / 72)).toBeLessThanOrEqual(30_000_001);
  });

  it('is 100 % while there is no page and no window', () => {
    expect(scaleOf('width', [], 0, 0, VIEW)).toBe(1);
    expect(scaleOf('width', [A4], 0, 0, { width: 0, height: 0 })).toBe(1);
  });
});

describe('steps', () => {
  it.each([
    [1, 1, 1.1],
    [1, -1, 0.9],
    [1.03, -1, 1],
    [4, 1, 4],
    [0.3, -1, 0.5],
  ] as const)('from %d by %i to %d', (scale, direction, expected) => {
    expect(stepZoom(scale, direction)).toBe(expected);
  });

  it.each([
    ['125 %', 1.25],
    [' 80', 0.8],
    ['9999%', 4],
    ['zwei', undefined],
  ] as const)('reads „%s“', (text, expected) => {
    expect(readZoom(text)).toBe(expected);
  });
});

describe('the image asked for', () => {
  it('is sharp, but in steps', () => {
    expect(sharpWidth(A4, 1, 1)).toBe(832);
    expect(sharpWidth(A4, 1.01, 1)).toBe(832);
    expect(sharpWidth(A4, 1, 2)).toBe(1600);
  });

  it('never grows without end', () => {
    expect(sharpWidth(A4, 4, 3)).toBe(4096);
  });
});
