import { expect, it } from 'vitest';

import { briefly, date, left, moment, since } from './when';

/** Wednesday. */
const NOW = new Date(2026, 10, 25, 10, 34).getTime();
const TODAY = '2026-11-25';

it.each([
  [new Date(2026, 10, 25, 10, 31), 'heute 10:31'],
  [new Date(2026, 10, 25, 0, 0), 'heute 00:00'],
  [new Date(2026, 10, 24, 16, 2), 'gestern 16:02'],
  [new Date(2026, 10, 20, 8, 0), 'Fr 20.11.'],
  [new Date(2026, 9, 2, 8, 0), '02.10.'],
  [new Date(2025, 1, 3, 8, 0), '03.02.2025'],
])('says when something happened: %s', (then, expected) => {
  expect(moment(then.getTime(), NOW)).toBe(expected);
});

it('leaves the time out in a row once it was not today', () => {
  expect(briefly(new Date(2026, 10, 24, 16, 2).getTime(), NOW)).toBe('gestern');
  expect(briefly(new Date(2026, 10, 25, 9, 52).getTime(), NOW)).toBe('heute 09:52');
});

it.each([
  ['2026-11-25', 'heute', 'heute'],
  ['2026-11-26', 'morgen', 'noch 1 Tag'],
  ['2026-11-28', 'Sa 28.11.', 'noch 3 Tage'],
  ['2026-11-24', 'gestern', 'überfällig 1 Tag'],
  ['2026-11-20', 'Fr 20.11.', 'überfällig 5 Tage'],
  ['2026-12-22', '22.12.', 'noch 27 Tage'],
  ['2027-01-04', '04.01.', 'noch 40 Tage'],
  ['2027-08-30', '30.08.2027', 'noch 278 Tage'],
])('%s reads „%s“ and „%s“', (day, named, remaining) => {
  expect(date(day, TODAY)).toBe(named);
  expect(left(day, TODAY)).toBe(remaining);
});

it('counts days over the change to summer time', () => {
  expect(left('2026-03-30', '2026-03-28')).toBe('noch 2 Tage');
});

it.each([
  [4_000, 'gerade eben'],
  [61_000, 'vor 1 Minute'],
  [180_000, 'vor 3 Minuten'],
  [20 * 60_000, 'vor 20 Minuten'],
  [2 * 3_600_000, '08:34'],
  [20 * 3_600_000, 'gestern 14:34'],
])('%i ms ago reads „%s“', (ago, expected) => {
  expect(since(NOW - ago, NOW)).toBe(expected);
});

it('does not call a time to come just now: a clock was wrong when it was noted', () => {
  expect(since(new Date(2031, 10, 25, 10, 31).getTime(), NOW)).toBe('25.11.2031');
  expect(since(NOW + 60_000, NOW)).toBe('gerade eben');
});
