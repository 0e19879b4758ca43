import { beforeEach, expect, it } from 'vitest';

import { concerns, drop, dropAll, keep, onDrop, recall } from './cache';

beforeEach(dropAll);

it.each([
  [['vorgang/1'], ['vorgang/1'], true],
  [['vorgang/1'], ['vorgang/2'], false],
  [['vorgang/1'], ['vorgang/12'], false],
  [['vorgang'], ['vorgang/2'], true],
  [['vorgang'], ['eingang/2'], false],
  [['*'], ['eingang/2'], true],
  [['status'], ['status'], true],
  [['vorgang', 'eingang'], ['eingang/2'], true],
  [[], ['eingang/2'], false],
])('what depends on %j is stale after %j: %s', (on, entities, expected) => {
  expect(concerns(on, entities)).toBe(expected);
});

it('drops exactly what shows a changed thing', () => {
  keep('one', 1, ['vorgang/1']);
  keep('two', 2, ['vorgang/2']);
  keep('all', 3, ['vorgang']);
  drop(['vorgang/1']);
  expect([recall('one'), recall('two'), recall('all')]).toEqual([undefined, 2, undefined]);
});

it('tells whoever shows it, until they leave', () => {
  const heard: boolean[] = [];
  const leave = onDrop((stale) => heard.push(stale(['vorgang/1'])));
  drop(['vorgang/1']);
  drop(['vorgang/2']);
  leave();
  drop(['vorgang/1']);
  expect(heard).toEqual([true, false]);
});

it('forgets what was longest unused', () => {
  keep('first', 1, []);
  keep('second', 2, []);
  for (let at = 0; at < 198; at += 1) keep(`other ${at}`, at, []);
  recall('first');
  keep('one too many', 3, []);
  expect([recall('first'), recall('second')]).toEqual([1, undefined]);
});
