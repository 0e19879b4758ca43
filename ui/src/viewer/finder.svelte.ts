/** Searching in a document: begins at the page one is at, goes round, and can be broken off at any time. */

import type { Hit } from './document';
import { stepHit } from './hits';
import type { Source } from './source';

/** More hits help nobody; the clerk is asked to search for more letters. */
const HITS_MAX = 2_000;
/** So long nothing is asked while somebody is typing. */
const TYPING_MS = 200;

/** A search in one document. */
export class Finder {
  words = $state('');
  hits = $state.raw<readonly Hit[]>([]);
  /** Number of the hit one is at; `-1` before the first. */
  index = $state(-1);
  /** Not yet through the whole document. */
  searching = $state(false);
  /** Broken off because there were too many. */
  tooMany = $state(false);
  /** It did not work. */
  failed = $state(false);
  /** The last step began again at the other end. */
  wrapped = $state(false);
  #running: AbortController | undefined;

  /** `here` says which page one is at, `show` brings a hit into view. */
  constructor(
    private readonly source: Pick<Source, 'find'>,
    private readonly here: () => number,
    private readonly show: (hit: Hit) => void,
    private readonly typingMs = TYPING_MS,
  ) {}

  /** Looks for words; earlier searches are broken off. */
  async find(words: string): Promise<void> {
    this.#running?.abort();
    this.words = words;
    this.hits = [];
    this.index = -1;
    this.tooMany = this.failed = this.wrapped = false;
    this.searching = words.trim() !== '';
    if (!this.searching) return;
    const running = new AbortController();
    this.#running = running;
    await new Promise((resolve) => setTimeout(resolve, this.typingMs));
    if (running.signal.aborted) return;
    try {
      const start = this.here();
      await this.#pass(words.trim(), start, Infinity, running.signal);
      if (start > 0) await this.#pass(words.trim(), 0, start, running.signal);
    } catch {
      if (!running.signal.aborted) this.failed = true;
    }
    if (!running.signal.aborted) this.searching = false;
  }

  /** Goes to the next or the previous hit. */
  step(direction: 1 | -1): void {
    const { index, wrapped } = stepHit(this.hits.length, this.index, direction);
    [this.index, this.wrapped] = [index, wrapped];
    const hit = this.hits[index];
    if (hit) this.show(hit);
  }

  close(): void {
    this.#running?.abort();
  }

  /** From one page up to before another. */
  async #pass(words: string, from: number, before: number, signal: AbortSignal): Promise<void> {
    for (let page: number | undefined = from; page !== undefined && page < before;) {
      const found = await this.source.find(words, page, signal);
      if (signal.aborted) return;
      this.#add(found.hits.filter((hit) => hit.page < before));
      if (this.hits.length >= HITS_MAX) {
        this.tooMany = true;
        return;
      }
      // A search that does not move on would never end.
      page = found.more && found.next !== undefined && found.next > page ? found.next : undefined;
    }
  }

  #add(more: readonly Hit[]): void {
    if (more.length === 0) return;
    const at = this.hits[this.index];
    this.hits = [...this.hits, ...more].sort((a, b) => a.page - b.page).slice(0, HITS_MAX);
    if (at) {
      this.index = this.hits.indexOf(at);
      return;
    }
    const first = more[0];
    this.index = first ? this.hits.indexOf(first) : -1;
    if (first) this.show(first);
  }
}
