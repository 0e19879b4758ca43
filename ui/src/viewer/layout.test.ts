import { describe, expect, it } from 'vitest';

import { turnedBox, type Size } from './document';
import {
  anchorAt,
  currentPage,
  GAP_PX,
  layOut,
  pageAt,
  pagingStep,
  pointOf,
  revealing,
  topOf,
  visibleRange,
} from './layout';

const A4: Size = { w: 595, h: 842 };
const A4_PX = { w: 793, h: 1123 };

const column = (pages: number, scale = 1, viewWidth = 900) =>
  layOut(
    Array.from({ length: pages }, () => A4),
    { scale, turn: 0, viewWidth },
  );

describe('the column of pages', () => {
  it('puts pages below each other with a gap, centred', () => {
    const layout = column(2);
    expect(layout.pages[0]).toEqual({ top: GAP_PX, left: 54, width: A4_PX.w, height: A4_PX.h });
    expect(layout.pages[1]?.top).toBe(GAP_PX + A4_PX.h + GAP_PX);
    expect(layout.height).toBe(2 * A4_PX.h + 3 * GAP_PX);
  });

  it('grows wider than the window when the pages are', () => {
    expect(column(1, 2, 900).width).toBe(1587 + 2 * GAP_PX);
  });

  it('lays turned pages on their side', () => {
    const layout = layOut([A4], { scale: 1, turn: 90, viewWidth: 900 });
    expect(layout.pages[0]).toMatchObject({ width: A4_PX.h, height: A4_PX.w });
  });

  it('survives a document without pages', () => {
    const layout = column(0);
    expect(visibleRange(layout, 0, 800)).toEqual({ first: 0, last: 0 });
    expect(anchorAt(layout, 5, 5)).toEqual({ page: 0, down: 0, across: 0.5 });
  });
});

describe('what shows', () => {
  it.each([
    [0, 0, 0],
    [1000, 0, 1],
    [GAP_PX + A4_PX.h - 1, 0, 1],
    [GAP_PX + A4_PX.h, 1, 1],
    [GAP_PX + 5 * (A4_PX.h + GAP_PX), 5, 5],
  ])('at %i is page %i to %i', (top, first, last) => {
    expect(visibleRange(column(1000), top, 800)).toEqual({ first, last });
  });

  it('ends with the last page', () => {
    const layout = column(1000);
    expect(visibleRange(layout, layout.height - 800, 800)).toEqual({ first: 999, last: 999 });
  });

  it('is found in a thousand pages without walking them', () => {
    const layout = column(1000);
    for (const page of [0, 1, 499, 998, 999]) expect(pageAt(layout, topOf(layout, page) + GAP_PX)).toBe(page);
  });

  it('names the page that fills most of the window', () => {
    const layout = column(3);
    expect(currentPage(layout, 0, 800)).toBe(0);
    expect(currentPage(layout, 600, 800)).toBe(0);
    expect(currentPage(layout, 900, 800)).toBe(1);
  });
});

describe('staying where one was', () => {
  it('keeps the point under the middle of the window when the size changes', () => {
    const before = column(10);
    const after = column(10, 2, 900);
    const anchor = anchorAt(before, 450, topOf(before, 4) + GAP_PX + 300);
    expect(anchor.page).toBe(4);
    const point = pointOf(after, anchor);
    expect(point.y).toBeCloseTo(topOf(after, 4) + GAP_PX + (300 / A4_PX.h) * 2245, 0);
  });
});

describe('going somewhere', () => {
  it('does not move when the place shows already', () => {
    const scroll = { left: 0, top: 100, width: 800, height: 600 };
    expect(revealing({ x: 10, y: 200, w: 50, h: 20 }, scroll)).toEqual({ left: 0, top: 100 });
  });

  it('brings a place into the upper third', () => {
    const scroll = { left: 0, top: 100, width: 800, height: 600 };
    expect(revealing({ x: 10, y: 3000, w: 50, h: 20 }, scroll)).toEqual({ left: 0, top: 2800 });
  });

  it('pages almost a window on, and stops where a page begins', () => {
    const layout = column(3);
    expect(pagingStep(layout, 0, 800, 1)).toBe(740);
    expect(pagingStep(layout, 740, 800, 1)).toBe(topOf(layout, 1));
    expect(pagingStep(layout, topOf(layout, 1), 800, -1)).toBe(topOf(layout, 1) - 740);
  });

  it('ends at the ends', () => {
    const layout = column(1);
    expect(pagingStep(layout, 0, 800, -1)).toBe(0);
    expect(pagingStep(layout, 300, 800, 1)).toBe(layout.height - 800);
  });
});

describe('turning', () => {
  const box = { x: 10, y: 20, w: 100, h: 12 };

  it.each([
    [0, { x: 10, y: 20, w: 100, h: 12 }],
    [90, { x: 842 - 20 - 12, y: 10, w: 12, h: 100 }],
    [180, { x: 595 - 110, y: 842 - 32, w: 100, h: 12 }],
    [270, { x: 20, y: 595 - 110, w: 12, h: 100 }],
  ] as const)('by %i° carries a place along', (turn, expected) => {
    expect(turnedBox(box, A4, turn)).toEqual(expected);
  });
});
