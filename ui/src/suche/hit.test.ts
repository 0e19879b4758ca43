import { describe, expect, it } from 'vitest';

import { plain, wordsIn } from './hit';

const no = (text: string) => ({ text, hit: false });
const yes = (text: string) => ({ text, hit: true });

describe('what is looked for in the document', () => {
  it('is what was marked, as it stands there', () => {
    expect(wordsIn([no('Vermerk: '), yes('Räume'), no(' im Haus')])).toBe('Räume');
  });

  it('is a phrase where marked words stand beside each other', () => {
    expect(wordsIn([no('von '), yes('Frau'), no('\n '), yes('Müller'), no(' ging ein, '), yes('Müller')])).toBe(
      'Frau Müller',
    );
  });

  it('is nothing where nothing was marked', () => {
    expect(wordsIn([no('Deckblatt')])).toBe('');
    expect(wordsIn([])).toBe('');
  });
});

it('puts pieces together to the text', () => {
  expect(plain([no('Antrag '), yes('Müller')])).toBe('Antrag Müller');
});
