/**
 * What is known about a document before a page of it has been drawn. Lengths are in points (1/72 inch) of the page
 * as it is meant to be read, with the origin at the top left; pages count from 0.
 */

/** Width and height. */
export interface Size {
  readonly w: number;
  readonly h: number;
}

/** A place on a page. */
export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

/** How the view is turned; the document itself never is. */
export type Turn = 0 | 90 | 180 | 270;

/** One stretch of text that stands in one line. */
export interface Run extends Box {
  readonly text: string;
  /** The line ends after it. */
  readonly eol?: boolean;
  /** The paragraph ends after it. */
  readonly par?: boolean;
}

/** A place that leads elsewhere: to a page of the same document, or out of it. */
export interface Link extends Box {
  readonly page?: number;
  readonly uri?: string;
}

/** One place where the words searched for stand; more than one box if it runs over a line end. */
export interface Hit {
  readonly page: number;
  readonly boxes: readonly Box[];
}

/** CSS pixels per point at 100 %. */
export const PX_PER_PT = 96 / 72;

/** A page's size as shown. */
export function turned(size: Size, turn: Turn): Size {
  return turn === 90 || turn === 270 ? { w: size.h, h: size.w } : size;
}

/** Where a place on the page is once the page has been turned clockwise. */
export function turnedBox(box: Box, page: Size, turn: Turn): Box {
  switch (turn) {
    case 0:
      return box;
    case 90:
      return { x: page.h - box.y - box.h, y: box.x, w: box.h, h: box.w };
    case 180:
      return { x: page.w - box.x - box.w, y: page.h - box.y - box.h, w: box.w, h: box.h };
    case 270:
      return { x: box.y, y: page.w - box.x - box.w, w: box.h, h: box.w };
  }
}

/** A quarter further, clockwise. */
export function turnOn(turn: Turn): Turn {
  return ((turn + 90) % 360) as Turn;
}
