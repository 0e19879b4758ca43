/** What the search found, and how it is opened. */
import type { SucheFindHit, SucheFindPieceShown } from '../lib/api/commands';
import { go, route, turn } from '../lib/route.svelte';
import { aimAt } from '../vorgang/aim.svelte';

export type Hit = SucheFindHit;
export type Piece = SucheFindPieceShown;

/** The document a hit is, among the hits of one thing. */
export function partOf(hit: Pick<Hit, 'schriftstueck'>): string {
  return hit.schriftstueck ?? '';
}

/** The text of pieces. */
export function plain(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join('');
}

/**
 * What to look for in the document, as it stands there: the words that were marked, as far as they stand beside each
 * other.
 */
export function wordsIn(pieces: readonly Piece[]): string {
  const first = pieces.findIndex(({ hit }) => hit);
  if (first < 0) return '';
  let words = '';
  for (const { text, hit } of pieces.slice(first)) {
    if (!hit && text.trim() !== '') break;
    words += text;
  }
  return words.replace(/\s+/g, ' ').trim();
}

/** Opens what was found; a document at the page, with the words marked. */
export function open(hit: Hit, how: 'go' | 'turn', text: string): void {
  const schriftstueck = partOf(hit);
  if (schriftstueck !== '') {
    aimAt(hit.entity, { schriftstueck, page: hit.page ?? undefined, words: wordsIn(hit.snippet) });
  }
  const query = { ...(route().view === 'suche' ? route().query : {}), text, teil: schriftstueck };
  (how === 'go' ? go : turn)({ view: 'suche', item: hit.entity, query });
}
