/**
 * A long list of the desk of which only the seen pages are asked for. When something in it changes, the seen pages are
 * asked for again, and the old ones stay until the new ones are there.
 *
 *     const list = rows(vorgangList, () => ({ person }), (a) => ({ rows: a.vorgaenge, total: a.matching }), () => ['vorgang']);
 */
import { untrack } from 'svelte';

import { onDrop } from './cache';
import { failureOf, type Failure } from './failure';
import { SLOW_MS } from './live.svelte';

/** Rows asked for at once. */
export const PAGE_ROWS = 100;

type Row<P, A> = (payload: P & { offset: number; rows_max: number }) => Promise<{ answer: A }>;

interface Picked<T> {
  readonly rows: readonly T[];
  /** How many there are altogether. */
  readonly total: number;
}

/** A list that keeps itself up to date. */
export class Rows<A, T> {
  /** How many there are; unknown until the first answer. */
  total = $state.raw<number | undefined>(undefined);
  /** The newest answer, for what it says beside its rows. */
  answer = $state.raw<A | undefined>(undefined);
  failure = $state.raw<Failure | undefined>(undefined);
  /** There is nothing to show, and it takes long enough to say so. */
  slow = $state(false);

  #pages = $state.raw<ReadonlyMap<number, readonly T[]>>(new Map());
  #wanted: ReadonlySet<number> = new Set([0]);
  #asked = new Set<number>();
  #generation = 0;
  #fresh = true;
  #fetch: ((offset: number) => Promise<{ answer: A }>) | undefined;
  readonly #pick: (answer: A) => Picked<T>;

  constructor(pick: (answer: A) => Picked<T>) {
    this.#pick = pick;
  }

  /** A row; none while it is on its way. */
  at = (index: number): T | undefined => this.#pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS];

  /** Asks for rows that will be shown. */
  need = (first: number, end: number): void => {
    const wanted = new Set<number>([]);
    for (let page = Math.floor(first / PAGE_ROWS); page * PAGE_ROWS < Math.max(end, 1); page += 1) wanted.add(page);
    this.#wanted = wanted;
    untrack(() => wanted.forEach((page) => void this.#ask(page)));
  };

  /** Where a row is, among those that are here; -1 if it is none of them. */
  find(test: (row: T) => boolean): number {
    for (const [page, rows] of this.#pages) {
      const at = rows.findIndex(test);
      if (at >= 0) return page * PAGE_ROWS + at;
    }
    return -1;
  }

  /** Asks again for what is shown. */
  reload = (): void => {
    this.#generation += 1;
    this.#asked.clear();
    this.#wanted.forEach((page) => void this.#ask(page));
  };

  /** Becomes another list, from its beginning. */
  become(fetch: ((offset: number) => Promise<{ answer: A }>) | undefined): void {
    this.#fetch = fetch;
    this.#fresh = true;
    this.#wanted = new Set([0]);
    this.failure = undefined;
    if (fetch) {
      this.reload();
    } else {
      this.#generation += 1;
      this.#pages = new Map();
      this.total = 0;
      this.answer = undefined;
    }
  }

  async #ask(page: number): Promise<void> {
    const fetch = this.#fetch;
    if (!fetch || this.#asked.has(page)) return;
    this.#asked.add(page);
    const generation = this.#generation;
    const timer = setTimeout(() => {
      if (this.total === undefined) this.slow = true;
    }, SLOW_MS);
    try {
      const { answer } = await fetch(page * PAGE_ROWS);
      if (generation === this.#generation) this.#take(page, answer);
    } catch (error) {
      if (generation === this.#generation) this.failure = failureOf(error);
    } finally {
      clearTimeout(timer);
      this.slow = false;
    }
  }

  #take(page: number, answer: A): void {
    const { rows, total } = this.#pick(answer);
    const pages = new Map(this.#fresh ? [] : [...this.#pages].filter(([at]) => at * PAGE_ROWS < total));
    this.#fresh = false;
    pages.set(page, rows);
    this.#pages = pages;
    this.total = total;
    this.answer = answer;
    this.failure = undefined;
  }
}

/** Keeps a list up to date for as long as a component is there; asks nothing while the payload is undefined. */
export function rows<P extends object, A, T>(
  row: Row<P, A>,
  payload: () => P | undefined,
  pick: (answer: A) => Picked<T>,
  on: () => readonly string[],
): Rows<A, T> {
  const list = new Rows<A, T>(pick);
  let shown = '';
  $effect(() => {
    const wanted = payload();
    const key = JSON.stringify(wanted) ?? 'nothing';
    untrack(() => {
      if (key === shown) return;
      shown = key;
      list.become(wanted && ((offset) => row({ ...wanted, offset, rows_max: PAGE_ROWS })));
    });
  });
  $effect(() => {
    const depends = on();
    return onDrop((stale) => {
      if (stale(depends)) list.reload();
    });
  });
  return list;
}
