import { expect, it } from 'vitest';

import type { EntryLine } from '../lib/api/commands';
import { needOf, open } from './entry';

const line = (number: number, more: Partial<EntryLine> = {}): EntryLine => ({
  about: 'Notiz hinzugefügt',
  betreff: 'Gewerbeanmeldung',
  deeds: [],
  entity: 'vorgang/v',
  entry: `e${number}`,
  held: null,
  kind: 'add_notiz',
  number,
  outlook: { outlook: 'fine' },
  receipt: '',
  refusal: null,
  saved_at: number,
  state: 'waiting',
  upload_bytes: 0,
  uploads: 0,
  ...more,
});

it('knows what needs somebody', () => {
  expect(needOf(line(1))).toBe('waiting');
  expect(needOf(line(1, { held: 'Sein Dokument ist noch nicht bei der Zentrale.' }))).toBe('held');
  expect(needOf(line(1, { state: 'refused' }))).toBe('refused');
  expect(needOf(line(1, { state: 'accepted' }))).toBeUndefined();
});

it('puts what was refused first, and drops what is settled', () => {
  const entries = [line(4), line(3, { state: 'accepted' }), line(2, { state: 'refused' }), line(5)];
  expect(open(entries).map(({ number }) => number)).toEqual([2, 5, 4]);
});
