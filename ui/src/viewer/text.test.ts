import { describe, expect, it } from 'vitest';

import type { Run } from './document';
import { cleanText, paragraphs, stretch } from './text';

const run = (text: string, more: Partial<Run> = {}): Run => ({ text, x: 0, y: 0, w: text.length * 5, h: 10, ...more });
const all = (runs: Run[]) => cleanText(runs.map((run) => ({ run, from: 0, to: run.text.length })));

describe('copied text', () => {
  it('runs on over line ends', () => {
    expect(all([run('anbei erhalten Sie', { eol: true }), run('den Grundriss', { y: 12 })])).toBe(
      'anbei erhalten Sie den Grundriss',
    );
  });

  it('makes parted words whole', () => {
    expect(all([run('die Gewerbe-', { eol: true }), run('anmeldung', { y: 12 })])).toBe('die Gewerbeanmeldung');
    expect(all([run('der Kreis-', { eol: true }), run('Heinsberg', { y: 12 })])).toBe('der Kreis-Heinsberg');
    expect(all([run('Schank-', { eol: true }), run('und Speisewirtschaft', { y: 12 })])).toBe(
      'Schank- und Speisewirtschaft',
    );
    expect(all([run('Gast\u00adstätte')])).toBe('Gaststätte');
  });

  it('keeps paragraphs apart', () => {
    expect(all([run('Betreff', { par: true }), run('Sehr geehrte', { y: 30 })])).toBe('Betreff\n\nSehr geehrte');
  });

  it('puts a blank between runs only where there is room', () => {
    expect(all([run('Az.'), run('32', { x: 20 })])).toBe('Az. 32');
    expect(all([run('Grund'), run('riss', { x: 25 })])).toBe('Grundriss');
  });

  it('begins and ends where the selection does', () => {
    const [first, second] = [run('anbei erhalten', { eol: true }), run('den Grundriss', { y: 12 })];
    expect(
      cleanText([
        { run: first, from: 6, to: 14 },
        { run: second, from: 0, to: 3 },
      ]),
    ).toBe('erhalten den');
  });
});

describe('reading aloud', () => {
  it('goes by paragraph', () => {
    const runs = [run('Anlage', { par: true }), run('Sehr geehrte', { eol: true }), run('Damen', { y: 20, par: true })];
    expect(paragraphs(runs)).toEqual(['Anlage', 'Sehr geehrte Damen']);
  });
});

it('stretches letters over the image', () => {
  expect(stretch(run('abcd'), 40, 1)).toBe(0.5);
  expect(stretch(run('abcd'), 0, 1)).toBe(1);
});
