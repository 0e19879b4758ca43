/** The texts of the pages that were looked at, fetched one after another behind the images. */

import { SvelteMap } from 'svelte/reactivity';

import type { PageText, Source } from './source';

/** Texts kept; one is a few kilobytes. */
const PAGES_MAX = 300;

/** Texts of one document. */
export class Texts {
  readonly #texts = new SvelteMap<number, PageText>();
  readonly #closing = new AbortController();
  #wanted: number[] = [];
  #busy = false;

  constructor(private readonly source: Source) {}

  /** The text of a page, if it is there. */
  get(page: number): PageText | undefined {
    return this.#texts.get(page);
  }

  /** Asks for the texts of these pages; replaces earlier wishes. */
  want(pages: readonly number[]): void {
    this.#wanted = [...pages];
    if (!this.#busy) void this.#fetch();
  }

  close(): void {
    this.#closing.abort();
  }

  async #fetch(): Promise<void> {
    this.#busy = true;
    for (;;) {
      const page = this.#wanted.find((page) => !this.#texts.has(page));
      if (page === undefined || this.#closing.signal.aborted) break;
      // Without its text a page can still be read by the eye; the image says what is wrong with it.
      const none: PageText = { runs: [], links: [] };
      const text = await this.source.text(page, this.#closing.signal).catch(() => none);
      this.#texts.set(page, text);
      const oldest = this.#texts.keys().next().value;
      if (this.#texts.size > PAGES_MAX && oldest !== undefined) this.#texts.delete(oldest);
    }
    this.#busy = false;
  }
}
