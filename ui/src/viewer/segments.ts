/** Words put together to what stands in one line without a gap: what the eye selects and the ear hears at once. */

import type { Run } from './document';

/** A gap wider than this, in line heights, belongs to a table or a form. */
const GAP_MAX = 1.2;

/** Words of a page as stretches of line. */
export function segments(words: readonly Run[]): Run[] {
  const list: Run[] = [];
  let open: Run | undefined;
  for (const word of words) {
    const joined: Run | undefined = open && follows(open, word) ? join(open, word) : undefined;
    if (open && !joined) list.push(open);
    open = joined ?? word;
  }
  if (open) list.push(open);
  return list;
}

/** Stretches of line as paragraphs. */
export function paragraphsOf(segments: readonly Run[]): Run[][] {
  const list: Run[][] = [[]];
  for (const segment of segments) {
    list.at(-1)?.push(segment);
    if (segment.par) list.push([]);
  }
  return list.filter((paragraph) => paragraph.length > 0);
}

function follows(open: Run, word: Run): boolean {
  if (open.eol || open.par) return false;
  const gap = word.x - (open.x + open.w);
  const sameLine = Math.abs(word.y + word.h / 2 - (open.y + open.h / 2)) < open.h / 2;
  return sameLine && gap > -open.h && gap < open.h * GAP_MAX;
}

function join(open: Run, word: Run): Run {
  const blank = word.x - (open.x + open.w) > open.h * 0.12 ? ' ' : '';
  const top = Math.min(open.y, word.y);
  return {
    ...word,
    text: open.text + blank + word.text,
    x: open.x,
    y: top,
    w: word.x + word.w - open.x,
    h: Math.max(open.y + open.h, word.y + word.h) - top,
  };
}
