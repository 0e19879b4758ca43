import { describe, expect, it } from 'vitest';

import { wanted } from './prefetch';

const words = (list: ReturnType<typeof wanted>): string[] => list.map(({ page, quality }) => `${quality} ${page}`);

describe('what is fetched first', () => {
  it('is something to see, then the same sharp, then the next page', () => {
    expect(words(wanted({ first: 4, last: 5 }, 100, 1)).slice(0, 6)).toEqual([
      'preview 4',
      'preview 5',
      'sharp 4',
      'sharp 5',
      'preview 6',
      'sharp 6',
    ]);
  });

  it('follows the direction of reading', () => {
    expect(words(wanted({ first: 4, last: 5 }, 100, -1)).slice(0, 6)).toEqual([
      'preview 5',
      'preview 4',
      'sharp 5',
      'sharp 4',
      'preview 3',
      'sharp 3',
    ]);
  });

  it('asks for nothing twice and nothing that is not there', () => {
    const list = words(wanted({ first: 0, last: 1 }, 3, 1));
    expect(new Set(list).size).toBe(list.length);
    expect(list).toEqual(['preview 0', 'preview 1', 'sharp 0', 'sharp 1', 'preview 2', 'sharp 2']);
  });

  it('stays small in a large document', () => {
    expect(wanted({ first: 500, last: 501 }, 1000, 1).length).toBeLessThan(30);
  });
});
