/** Searching in a text file. A line stands for a page, and places are counted in characters. */

import type { Hit } from './document';
import type { Found } from './source';

/** Lines without their ends. */
export function linesOf(text: string): string[] {
  return text.split(/\r\n|\n|\r/);
}

/** All places where words stand in a text, from a line on; capitals do not count. */
export function findIn(lines: readonly string[], words: string, from: number): Found {
  const wanted = words.toLocaleLowerCase('de');
  const hits: Hit[] = [];
  for (let page = from; page < lines.length; page += 1) {
    const line = (lines[page] ?? '').toLocaleLowerCase('de');
    for (let x = line.indexOf(wanted); x >= 0; x = line.indexOf(wanted, x + wanted.length)) {
      hits.push({ page, boxes: [{ x, y: 0, w: wanted.length, h: 1 }] });
    }
  }
  return { hits, more: false };
}

/** A stretch of a line: in a hit, with its number among all, or between. */
export interface Part {
  readonly text: string;
  readonly hit?: number;
}

/** A line cut where hits begin and end. */
export function partsOf(line: string, hits: readonly { readonly hit: Hit; readonly index: number }[]): Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const { hit, index } of hits) {
    const { x, w } = hit.boxes[0] ?? { x: 0, w: 0 };
    if (x > at) parts.push({ text: line.slice(at, x) });
    parts.push({ text: line.slice(x, x + w), hit: index });
    at = x + w;
  }
  if (at < line.length || parts.length === 0) parts.push({ text: line.slice(at) });
  return parts;
}
