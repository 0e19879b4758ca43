/** The thumbnails beside the pages. */

import type { Size } from './document';
import type { Layout } from './layout';

export const THUMB_WIDTH = 64;
const THUMB_HEIGHT_MAX = 128;
/** Number and gap below each. */
const THUMB_FOOT = 30;
const EDGE = 8;

/** Puts thumbnails below each other, all equally wide. */
export function layOutStrip(pages: readonly Size[]): Layout {
  let top = EDGE;
  const boxes = pages.map(({ w, h }) => {
    const height = Math.round(Math.min((h / (w || 1)) * THUMB_WIDTH, THUMB_HEIGHT_MAX));
    const box = { top, left: EDGE, width: THUMB_WIDTH, height };
    top += height + THUMB_FOOT;
    return box;
  });
  return { width: THUMB_WIDTH + 2 * EDGE, height: top, pages: boxes };
}
