/** Where pages come from: the addresses under which the program answers for one document. */

import type { Hit, Link, Run, Size } from './document';
import { Failed, type Failure, type Fetcher, type Ready, type Wish } from './images';

/** An entry of the document's own table of contents. */
export interface OutlineEntry {
  readonly title: string;
  readonly page?: number;
  readonly children: readonly OutlineEntry[];
}

/** What is told about a document first. */
export interface Info {
  readonly kind: 'pdf' | 'image' | 'text' | 'other';
  readonly pages: readonly Size[];
  /** From this page on the sizes are guessed. */
  readonly sizes_known: number;
  readonly outline: readonly OutlineEntry[];
  /** Why it cannot be shown. */
  readonly problem?: Failure;
}

/** Text and links of one page. */
export interface PageText {
  readonly runs: readonly Run[];
  readonly links: readonly Link[];
}

/** Hits up to where the search has come. */
export interface Found {
  readonly hits: readonly Hit[];
  readonly more: boolean;
  /** The page to go on from. */
  readonly next?: number;
}

/** A text file, or its beginning. */
export interface Plain {
  readonly text: string;
  readonly truncated: boolean;
}

/** Asks for everything about one document. */
export class Source implements Fetcher {
  /** `base` is the address all documents stand under, without a slash at its end. */
  constructor(
    private readonly base: string,
    private readonly hash: string,
  ) {}

  info(signal?: AbortSignal): Promise<Info> {
    return this.#json<Info>('/info', signal);
  }

  text(page: number, signal?: AbortSignal): Promise<PageText> {
    return this.#json<PageText>(`/${page}/text`, signal);
  }

  find(words: string, from: number, signal?: AbortSignal): Promise<Found> {
    return this.#json<Found>(`/find?q=${encodeURIComponent(words)}&from=${from}`, signal);
  }

  plain(signal?: AbortSignal): Promise<Plain> {
    return this.#json<Plain>('/plain', signal);
  }

  async get({ path, urgency }: Wish, signal: AbortSignal): Promise<Ready> {
    const blob = await (await this.#fetch(`${path}&for=${urgency}`, signal)).blob();
    return { url: URL.createObjectURL(blob), bytes: blob.size };
  }

  release(image: Ready): void {
    URL.revokeObjectURL(image.url);
  }

  pause(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  async #json<T>(path: string, signal?: AbortSignal): Promise<T> {
    return (await (await this.#fetch(path, signal)).json()) as T;
  }

  async #fetch(path: string, signal?: AbortSignal): Promise<Response> {
    const response = await fetch(`${this.base}/${this.hash}${path}`, signal ? { signal } : {});
    if (response.ok) return response;
    throw new Failed((await response.json()) as Failure);
  }
}

/** The address of a page image; the small and the sharp one differ in width only. */
export function imagePath(page: number, px: number): string {
  return `/${page}?px=${px}`;
}
