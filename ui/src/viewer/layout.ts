/** Where every page lies in the scrolled column, known before any of them has been drawn. */

import { PX_PER_PT, turned, type Box, type Size, type Turn } from './document';

/** Between two pages, in CSS pixels. */
export const GAP_PX = 14;

/** A page in the column, in CSS pixels. */
export interface PageBox {
  readonly top: number;
  readonly left: number;
  readonly width: number;
  readonly height: number;
}

/** The whole column. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly pages: readonly PageBox[];
}

/** Pages from `first` to `last`, both included. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/** A point of the document that stays where it is while everything around it changes size. */
export interface Anchor {
  readonly page: number;
  /** Fractions of the page's height and width; below 0 or above 1 between pages. */
  readonly down: number;
  readonly across: number;
}

/** How the pages are shown. */
export interface Look {
  /** 1 is 100 %. */
  readonly scale: number;
  readonly turn: Turn;
  /** Width of the window onto the column; narrower pages are centred in it. */
  readonly viewWidth: number;
}

/** Puts pages below each other. */
export function layOut(pages: readonly Size[], look: Look): Layout {
  const sizes = pages.map((page) => {
    const { w, h } = turned(page, look.turn);
    return { width: Math.round(w * PX_PER_PT * look.scale), height: Math.round(h * PX_PER_PT * look.scale) };
  });
  const widest = sizes.reduce((widest, size) => Math.max(widest, size.width), 0);
  const width = Math.max(widest + 2 * GAP_PX, look.viewWidth);
  let top = GAP_PX;
  const boxes = sizes.map(({ width: w, height: h }) => {
    const box = { top, left: Math.round((width - w) / 2), width: w, height: h };
    top += h + GAP_PX;
    return box;
  });
  return { width, height: top, pages: boxes };
}

/** The pages of which something shows; at least one as long as there are pages. */
export function visibleRange(layout: Layout, scrollTop: number, viewHeight: number): Range {
  const first = pageAt(layout, scrollTop);
  let last = first;
  while (last + 1 < layout.pages.length && (layout.pages[last + 1]?.top ?? Infinity) < scrollTop + viewHeight) {
    last += 1;
  }
  return { first, last };
}

/** The page somebody is reading: the one that fills most of the window, the upper one if two do. */
export function currentPage(layout: Layout, scrollTop: number, viewHeight: number): number {
  const { first, last } = visibleRange(layout, scrollTop, viewHeight);
  let best = first;
  let most = -1;
  for (let page = first; page <= last; page += 1) {
    const box = layout.pages[page];
    if (!box) continue;
    const shown = Math.min(box.top + box.height, scrollTop + viewHeight) - Math.max(box.top, scrollTop);
    if (shown > most + 1) [best, most] = [page, shown];
  }
  return best;
}

/** The first page that ends below this line; the last one if none does. */
export function pageAt(layout: Layout, y: number): number {
  let low = 0;
  let high = layout.pages.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const box = layout.pages[middle];
    if (box && box.top + box.height <= y) low = middle + 1;
    else high = middle;
  }
  return Math.max(low, 0);
}

/** Names the point of the document under a point of the column. */
export function anchorAt(layout: Layout, x: number, y: number): Anchor {
  const page = pageAt(layout, y);
  const box = layout.pages[page];
  if (!box) return { page: 0, down: 0, across: 0.5 };
  return { page, down: (y - box.top) / (box.height || 1), across: (x - box.left) / (box.width || 1) };
}

/** Where that point is now. */
export function pointOf(layout: Layout, anchor: Anchor): { x: number; y: number } {
  const box = layout.pages[Math.min(anchor.page, layout.pages.length - 1)];
  if (!box) return { x: 0, y: 0 };
  return { x: box.left + anchor.across * box.width, y: box.top + anchor.down * box.height };
}

/** Where to scroll to so that a page begins at the upper edge. */
export function topOf(layout: Layout, page: number): number {
  return Math.max((layout.pages[page]?.top ?? GAP_PX) - GAP_PX, 0);
}

/** Where to scroll to so that a place shows, a third from above; nowhere if it shows already. */
export function revealing(
  place: Box,
  scroll: { left: number; top: number; width: number; height: number },
): { left: number; top: number } {
  const inside = (start: number, length: number, from: number, window: number): number =>
    start >= from && start + length <= from + window ? from : Math.max(start - window / 3, 0);
  return {
    left: inside(place.x, place.w, scroll.left, scroll.width),
    top: inside(place.y, place.h, scroll.top, scroll.height),
  };
}

/**
 * Where Leertaste goes: almost a window further, so that the last line read is still there; never past the upper edge
 * of the next page without stopping at it.
 */
export function pagingStep(layout: Layout, scrollTop: number, viewHeight: number, direction: 1 | -1): number {
  const overlap = Math.min(viewHeight * 0.1, 60);
  const end = Math.max(layout.height - viewHeight, 0);
  const target = scrollTop + direction * (viewHeight - overlap);
  const from = pageAt(layout, scrollTop + GAP_PX + 1);
  const neighbour = direction === 1 ? topOf(layout, from + 1) : topOf(layout, from);
  const between =
    direction === 1 ? scrollTop + 1 < neighbour && neighbour < target : target < neighbour && neighbour + 1 < scrollTop;
  const known = direction === 1 ? from + 1 < layout.pages.length : true;
  return Math.min(Math.max(between && known ? neighbour : target, 0), end);
}
