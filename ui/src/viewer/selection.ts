/** What somebody has selected, in the words of the document. */

import type { Run } from './document';
import type { Piece } from './text';

/** The selected pieces in reading order. `runOf` says what an element shows. */
export function selectedPieces(
  root: HTMLElement,
  selection: Selection,
  runOf: (element: Element) => Run | undefined,
): Piece[] {
  if (selection.rangeCount === 0 || selection.isCollapsed) return [];
  const range = selection.getRangeAt(0);
  const pieces: Piece[] = [];
  for (const element of root.querySelectorAll('[data-run]')) {
    const run = runOf(element);
    if (!run || !range.intersectsNode(element)) continue;
    const from = element.contains(range.startContainer) ? offset(range.startContainer, range.startOffset) : 0;
    const to = element.contains(range.endContainer) ? offset(range.endContainer, range.endOffset) : run.text.length;
    if (to > from) pieces.push({ run, from, to });
  }
  return pieces;
}

/** Of an element, the offset counts children: none or all of its one text. */
function offset(node: Node, at: number): number {
  return node.nodeType === Node.TEXT_NODE ? at : at > 0 ? (node.textContent?.length ?? 0) : 0;
}
