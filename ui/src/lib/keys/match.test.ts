import { expect, it } from 'vitest';

import { isBare, spelled } from './match';
import { SHORTCUTS, SHORTCUT_IDS } from './shortcuts';

const stroke = (key: string, held: Partial<Record<'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey', true>> = {}) => ({
  key,
  ctrlKey: false,
  shiftKey: false,
  altKey: false,
  metaKey: false,
  ...held,
});

it.each([
  [stroke('k', { ctrlKey: true }), 'Strg+K'],
  [stroke('k', { metaKey: true }), 'Strg+K'],
  [stroke('?', { shiftKey: true }), '?'],
  [stroke('/', { shiftKey: true }), '/'],
  [stroke(' '), 'Leertaste'],
  [stroke(' ', { shiftKey: true }), 'Umschalt+Leertaste'],
  [stroke('L', { ctrlKey: true, shiftKey: true }), 'Strg+Umschalt+L'],
  [stroke('Escape'), 'Esc'],
  [stroke('Enter', { ctrlKey: true }), 'Strg+Enter'],
  [stroke('ArrowLeft', { altKey: true }), 'Alt+←'],
  [stroke('J', { shiftKey: true }), 'Umschalt+J'],
])('%o is „%s“', (pressed, expected) => {
  expect(spelled(pressed)).toBe(expected);
});

it.each([
  ['N', true],
  ['?', true],
  ['Leertaste', true],
  ['Strg+N', false],
  ['Esc', false],
  ['F11', false],
])('„%s“ would appear in a text: %s', (keys, expected) => {
  expect(isBare(keys)).toBe(expected);
});

it('gives no key to two things in one place', () => {
  const taken = SHORTCUT_IDS.flatMap((id) => SHORTCUTS[id].keys);
  expect(taken.filter((keys, at) => taken.indexOf(keys) !== at)).toEqual([]);
});
