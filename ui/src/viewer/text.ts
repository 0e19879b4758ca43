/** The text of a page, for the eye that selects it, the ear that hears it and the clipboard. */

import type { Run } from './document';

/** A stretch of a run: from one character to another. */
export interface Piece {
  readonly run: Run;
  readonly from: number;
  readonly to: number;
}

/**
 * Text as somebody would have typed it: lines of a paragraph run on, words parted at a line end are whole again, paragraphs
 * stand apart by an empty line.
 */
export function cleanText(pieces: readonly Piece[]): string {
  let text = '';
  pieces.forEach(({ run, from, to }, index) => {
    const next = pieces[index + 1];
    const piece = run.text.slice(from, to).replaceAll('\u00ad', '');
    text += piece;
    if (!next || to < run.text.length) return;
    if (run.par) text = `${text.trimEnd()}\n\n`;
    else if (run.eol) text = joinLine(text, next.run.text);
    else if (!/\s$/.test(text) && !/^\s/.test(next.run.text) && apart(run, next.run)) text += ' ';
  });
  return text.trim();
}

/** Runs as paragraphs, for reading aloud. */
export function paragraphs(runs: readonly Run[]): string[] {
  const list: string[] = [];
  let open: Run[] = [];
  const close = (): void => {
    const text = cleanText(open.map((run) => ({ run: { ...run, par: false }, from: 0, to: run.text.length })));
    if (text) list.push(text);
    open = [];
  };
  for (const run of runs) {
    open.push(run);
    if (run.par) close();
  }
  close();
  return list;
}

/** A word parted at the line end becomes one again; „Kreis-“ before a capital or a number keeps its hyphen. */
function joinLine(text: string, next: string): string {
  const line = text.trimEnd();
  const parted = /\p{L}[-\u2010]$/u.test(line);
  if (parted && /^\s*\p{Ll}/u.test(next) && !/^\s*(und|oder|bzw)\b/.test(next)) return line.slice(0, -1);
  return parted && /^\s*[\p{Lu}\d]/u.test(next) ? line : `${line} `;
}

/** Whether there is room for a blank between two runs of one line. */
function apart(run: Run, next: Run): boolean {
  return next.x - (run.x + run.w) > run.h * 0.12 || next.y > run.y + run.h / 2;
}

/** How far a run must be stretched to cover the words in the image; `measured` is its width as the browser sets it. */
export function stretch(run: Run, measured: number, pxPerPt: number): number {
  return measured > 0 ? (run.w * pxPerPt) / measured : 1;
}
