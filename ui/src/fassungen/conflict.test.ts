import { expect, it } from 'vitest';

import { all, choose, complete, otherOf, type Conflict, type ContestedField } from './conflict';

const side = { text: '', by: '', by_name: null, at: 0, consequence: null };
const field = (feld: string, other: ContestedField['other']): ContestedField => ({
  feld,
  label: feld,
  base: '',
  mine: side,
  theirs: side,
  other,
});
const conflict: Conflict = {
  entity: 'vorgang/v',
  betreff: '',
  conflict: 'c',
  at: 0,
  fields: [field('betreff', 'betreff'), field('zuweisung', 'zuweisung')],
};

it('writes a value of one\u2019s own as the Zentrale wants it', () => {
  expect(otherOf(field('betreff', 'betreff'), '  am Markt ')).toEqual({ other: { betreff: 'am Markt' } });
  expect(otherOf(field('wiedervorlage/w1', 'wiedervorlage'), '2026-12-01')).toEqual({
    other: { wiedervorlage: ['w1', '2026-12-01'] },
  });
  expect(otherOf(field('betreff', 'betreff'), '  ')).toBeUndefined();
  expect(otherOf(field('status', null), 'offen')).toBeUndefined();
});

it('is complete when every field is decided, and not when one is taken back', () => {
  const chosen = all(conflict, 'mine');
  expect(complete(conflict, chosen)).toBe(true);
  expect(complete(conflict, choose(chosen, 'betreff', undefined))).toBe(false);
  expect(choose(chosen, 'betreff', { other: { betreff: 'x' } })['betreff']).toEqual({ other: { betreff: 'x' } });
});
