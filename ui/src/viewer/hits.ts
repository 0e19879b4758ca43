/** Going from one hit to the next. */

import type { Hit } from './document';

/** From where: a page and how far down it, in points. */
export interface Place {
  readonly page: number;
  readonly y: number;
}

/** The first hit at or after a place; the first of all if none follows, `-1` if there is none. */
export function firstFrom(hits: readonly Hit[], place: Place): number {
  if (hits.length === 0) return -1;
  const index = hits.findIndex((hit) => hit.page > place.page || (hit.page === place.page && topOf(hit) >= place.y));
  return index === -1 ? 0 : index;
}

/** The next or previous hit, and whether the search began again at the other end. */
export function stepHit(count: number, index: number, direction: 1 | -1): { index: number; wrapped: boolean } {
  if (count === 0) return { index: -1, wrapped: false };
  if (index < 0) return { index: direction === 1 ? 0 : count - 1, wrapped: false };
  const next = index + direction;
  return { index: (next + count) % count, wrapped: next < 0 || next >= count };
}

/** The hits by page, each with its number among all. */
export function byPage(hits: readonly Hit[]): Map<number, { hit: Hit; index: number }[]> {
  const pages = new Map<number, { hit: Hit; index: number }[]>();
  hits.forEach((hit, index) => {
    const list = pages.get(hit.page);
    if (list) list.push({ hit, index });
    else pages.set(hit.page, [{ hit, index }]);
  });
  return pages;
}

function topOf(hit: Hit): number {
  return hit.boxes[0]?.y ?? 0;
}
