import { expect, it } from 'vitest';

import { matches } from './palette';

it.each([
  ['Zu meinen Vorgängen', '', true],
  ['Zu meinen Vorgängen', 'vorg', true],
  ['Zu meinen Vorgängen', 'Vorgaengen', true],
  ['Zu meinen Vorgängen', 'mein vor', true],
  ['Zu meinen Vorgängen', 'gäng', false],
  ['Notiz schreiben', 'notiz vorgang', false],
])('„%s“ for „%s“: %s', (label, typed, expected) => {
  expect(matches(label, typed)).toBe(expected);
});
