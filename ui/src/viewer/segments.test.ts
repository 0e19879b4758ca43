import { describe, expect, it } from 'vitest';

import type { Run } from './document';
import { paragraphsOf, segments } from './segments';

const word = (text: string, x: number, more: Partial<Run> = {}): Run => ({
  text,
  x,
  y: 100,
  w: text.length * 5,
  h: 10,
  ...more,
});

describe('words of a line', () => {
  it('belong together', () => {
    expect(segments([word('Sehr', 10), word('geehrte', 33), word('Damen', 71, { eol: true })])).toEqual([
      { text: 'Sehr geehrte Damen', x: 10, y: 100, w: 86, h: 10, eol: true },
    ]);
  });

  it('stay apart in the columns of a table', () => {
    expect(segments([word('Name', 10), word('Lennartz', 150)]).map(({ text }) => text)).toEqual(['Name', 'Lennartz']);
  });

  it('stay apart in two lines', () => {
    expect(segments([word('eins', 10, { eol: true }), word('zwei', 10, { y: 112 })])).toHaveLength(2);
    expect(segments([word('eins', 10), word('zwei', 30, { y: 112 })])).toHaveLength(2);
  });

  it('cover the taller of them', () => {
    expect(segments([word('a', 10), word('B', 16, { y: 96, h: 16 })])[0]).toMatchObject({ y: 96, h: 16 });
  });
});

it('makes paragraphs', () => {
  const lines = [word('a', 0, { eol: true }), word('b', 0, { par: true }), word('c', 0)];
  expect(paragraphsOf(lines).map((lines) => lines.map(({ text }) => text))).toEqual([['a', 'b'], ['c']]);
});
