/** Which images are wanted, the most urgent first. What is not on the list any more is not worth finishing. */

import type { Range } from './layout';

/** One image that is wanted. */
export interface Wanted {
  readonly page: number;
  readonly quality: 'preview' | 'sharp';
}

/** So many pages around the visible ones get their small image ahead: a fling of the wheel stays within. */
const PREVIEWS_AHEAD = 12;
/** So many pages in the direction of reading get their sharp image ahead, and one on the other side. */
const SHARP_AHEAD = 3;

/**
 * Small images of what shows come first (something is there at once), then the sharp ones of what shows, then the next page
 * in the direction of reading, then small ones further out, then more sharp ones.
 */
export function wanted(visible: Range, pages: number, direction: 1 | -1): Wanted[] {
  const list: Wanted[] = [];
  const seen = new Set<string>();
  const add = (page: number, quality: Wanted['quality']): void => {
    const key = `${quality}/${page}`;
    if (page < 0 || page >= pages || seen.has(key)) return;
    seen.add(key);
    list.push({ page, quality });
  };
  const ahead = (distance: number): number => (direction === 1 ? visible.last + distance : visible.first - distance);
  const behind = (distance: number): number => (direction === 1 ? visible.first - distance : visible.last + distance);
  const shown: number[] = [];
  for (let page = visible.first; page <= visible.last; page += 1) shown.push(page);
  if (direction === -1) shown.reverse();

  shown.forEach((page) => add(page, 'preview'));
  shown.forEach((page) => add(page, 'sharp'));
  add(ahead(1), 'preview');
  add(ahead(1), 'sharp');
  for (let distance = 1; distance <= PREVIEWS_AHEAD; distance += 1) {
    add(ahead(distance), 'preview');
    if (distance <= PREVIEWS_AHEAD / 3) add(behind(distance), 'preview');
  }
  add(behind(1), 'sharp');
  for (let distance = 2; distance <= SHARP_AHEAD; distance += 1) add(ahead(distance), 'sharp');
  return list;
}
