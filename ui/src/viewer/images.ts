/**
 * Fetches page images in the order of the newest wishes. What is no longer wished for is called off, so that the page in
 * front of the clerk never waits behind pages already scrolled past. Knows neither the network nor the screen.
 */

/** An image that is there: something an `<img>` can show. */
export interface Ready {
  readonly url: string;
  readonly bytes: number;
}

/** Why there is no image, in words for people. */
export interface Failure {
  readonly code: string;
  readonly sentence: string;
  readonly hint: string;
}

/** For what an image is; the program draws what is in front of somebody before anything else. */
export type Urgency = 'visible' | 'ahead' | 'thumbnail';

/** An image that is wanted. */
export interface Wish {
  readonly path: string;
  readonly urgency: Urgency;
}

/** How an image is fetched and let go. */
export interface Fetcher {
  /** Rejects with a {@link Failed} if it cannot be had; with anything else if it was called off. */
  get(wish: Wish, signal: AbortSignal): Promise<Ready>;
  release(image: Ready): void;
  /** Waits, so that a worker that died has time to come back. */
  pause(ms: number, signal: AbortSignal): Promise<void>;
}

/** Thrown by a {@link Fetcher}. */
export class Failed extends Error {
  constructor(readonly failure: Failure) {
    super(failure.code);
  }
}

/** Codes after which trying again makes sense: the worker died, or others were before us. */
const PASSING = new Set(['worker_gone', 'superseded', 'busy']);
const TRIES_MAX = 3;
const PAUSE_MS = 250;

/** At once: as many as there are render workers, and one on its way. */
const PARALLEL = 3;

/** Images kept, in bytes as they came. */
const BYTES_MAX = 48 << 20;

/** The images of one document. */
export class Images {
  readonly #ready = new Map<string, Ready>();
  readonly #failed = new Map<string, Failure>();
  readonly #running = new Map<string, { controller: AbortController; urgency: Urgency }>();
  #wishes: Wish[] = [];
  /** What shows is never let go. */
  #shown = new Set<string>();
  /** Begun for the present wishes: let go again for want of room, it is not fetched a second time. */
  readonly #begun = new Set<string>();
  #bytes = 0;
  #closed = false;

  /** `changed` is told when an image has come or failed. */
  constructor(
    private readonly fetcher: Fetcher,
    private readonly changed: () => void,
    private readonly bytesMax = BYTES_MAX,
  ) {}

  /** The image, if it is there; using it keeps it. */
  get(path: string): Ready | undefined {
    const image = this.#ready.get(path);
    if (image) {
      this.#ready.delete(path);
      this.#ready.set(path, image);
    }
    return image;
  }

  /** Why it will not come. */
  failure(path: string): Failure | undefined {
    return this.#failed.get(path);
  }

  /** What is wanted now, the most urgent first; replaces all earlier wishes. */
  want(wishes: readonly Wish[]): void {
    if (this.#closed) return;
    this.#begun.clear();
    this.#shown = new Set(wishes.filter(({ urgency }) => urgency === 'visible').map(({ path }) => path));
    this.#wishes = wishes.filter(({ path }) => !this.#ready.has(path) && !this.#failed.has(path));
    const urgencies = new Map(this.#wishes.map(({ path, urgency }) => [path, urgency]));
    for (const [path, running] of this.#running) {
      const urgency = urgencies.get(path);
      // Asked again, it overtakes what was asked ahead of time.
      const overtakes = urgency === 'visible' && running.urgency !== 'visible';
      if (urgency === undefined || overtakes) {
        running.controller.abort();
        this.#running.delete(path);
      }
    }
    this.#start();
  }

  /** Forgets failures, so that the next wish tries again. */
  retry(): void {
    this.#failed.clear();
  }

  /** Calls everything off and lets every image go. */
  close(): void {
    this.#closed = true;
    this.#running.forEach(({ controller }) => controller.abort());
    this.#running.clear();
    this.#ready.forEach((image) => this.fetcher.release(image));
    this.#ready.clear();
  }

  #start(): void {
    for (const wish of this.#wishes) {
      if (this.#running.size >= PARALLEL) return;
      const { path } = wish;
      const there = this.#running.has(path) || this.#ready.has(path) || this.#failed.has(path);
      if (!there && !this.#begun.has(path)) void this.#run(wish);
    }
  }

  async #run(wish: Wish): Promise<void> {
    const { path, urgency } = wish;
    const controller = new AbortController();
    const { signal } = controller;
    this.#running.set(path, { controller, urgency });
    this.#begun.add(path);
    try {
      const image = await this.#attempt(wish, signal);
      if (signal.aborted) this.fetcher.release(image);
      else this.#keep(path, image);
    } catch (error) {
      if (!signal.aborted) this.#failed.set(path, failureOf(error));
    }
    if (signal.aborted) return;
    this.#running.delete(path);
    this.changed();
    this.#start();
  }

  async #attempt(wish: Wish, signal: AbortSignal): Promise<Ready> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.fetcher.get(wish, signal);
      } catch (error) {
        const passing = error instanceof Failed && PASSING.has(error.failure.code);
        if (!passing || attempt === TRIES_MAX || signal.aborted) throw error;
        await this.fetcher.pause(PAUSE_MS * attempt, signal);
      }
    }
  }

  #keep(path: string, image: Ready): void {
    this.#ready.set(path, image);
    this.#bytes += image.bytes;
    for (const [oldest, old] of this.#ready) {
      if (this.#bytes <= this.bytesMax) return;
      if (oldest === path || this.#shown.has(oldest)) continue;
      this.#ready.delete(oldest);
      this.#bytes -= old.bytes;
      this.fetcher.release(old);
    }
  }
}

/** Whatever else goes wrong on the way is told as a passing trouble of this machine. */
function failureOf(error: unknown): Failure {
  return error instanceof Failed ? error.failure : { code: 'unreachable', sentence: '', hint: '' };
}
