import { describe, expect, it } from 'vitest';

import type { Hit } from './document';
import { Finder } from './finder.svelte';
import type { Found } from './source';

const hit = (page: number): Hit => ({ page, boxes: [{ x: 0, y: 0, w: 1, h: 1 }] });

/** Ten pages with a hit on every other, found two pages at a time. */
function document() {
  const asked: number[] = [];
  const shown: number[] = [];
  const source = {
    find(_words: string, from: number, signal?: AbortSignal): Promise<Found> {
      asked.push(from);
      if (signal?.aborted) return Promise.reject(new DOMException('called off', 'AbortError'));
      const next = from + 2;
      const hits = [hit(from), hit(from + 1)].filter(({ page }) => page % 2 === 0 && page < 10);
      return Promise.resolve(next < 10 ? { hits, more: true, next } : { hits, more: false });
    },
  };
  return {
    asked,
    shown,
    finder: (here: number) =>
      new Finder(
        source,
        () => here,
        ({ page }) => shown.push(page),
        0,
      ),
  };
}

describe('a search', () => {
  it('begins where one is, and goes round', async () => {
    const { asked, shown, finder } = document();
    const search = finder(5);
    await search.find('Frist');
    expect(asked).toEqual([5, 7, 9, 0, 2, 4]);
    expect(search.hits.map(({ page }) => page)).toEqual([0, 2, 4, 6, 8]);
    expect(shown).toEqual([6]);
    expect(search.hits[search.index]?.page).toBe(6);
    expect(search.searching).toBe(false);
  });

  it('steps and says when it began again', async () => {
    const { shown, finder } = document();
    const search = finder(8);
    await search.find('Frist');
    search.step(1);
    expect([search.hits[search.index]?.page, search.wrapped]).toEqual([0, true]);
    expect(shown).toEqual([8, 0]);
  });

  it('is broken off by the next one', async () => {
    const { asked, finder } = document();
    const search = finder(0);
    const first = search.find('Fri');
    await Promise.all([first, search.find('Frist')]);
    expect(asked[0]).toBe(0);
    expect(asked).toHaveLength(5);
  });

  it('for nothing finds nothing', async () => {
    const { asked, finder } = document();
    const search = finder(0);
    await search.find('  ');
    expect([asked, search.hits, search.searching]).toEqual([[], [], false]);
  });

  it('says when it failed', async () => {
    const search = new Finder(
      { find: () => Promise.reject(new Error('gone')) },
      () => 0,
      () => undefined,
      0,
    );
    await search.find('Frist');
    expect([search.failed, search.searching]).toEqual([true, false]);
  });
});
