import { describe, expect, it } from 'vitest';

import { addMonths, dayOf, numeric, sheetOf, spoken, weekOf } from './day';
import { parseDay } from './parse';

/** A Wednesday. */
const TODAY = '2026-11-25';

describe('typed days', () => {
  it.each([
    ['heute', '2026-11-25'],
    ['Morgen', '2026-11-26'],
    ['übermorgen', '2026-11-27'],
    ['uebermorgen', '2026-11-27'],
    ['4.12.', '2026-12-04'],
    ['4.12', '2026-12-04'],
    ['04.12.2026', '2026-12-04'],
    ['4.12.27', '2027-12-04'],
    ['4/12', '2026-12-04'],
    ['Fr 4.12.', '2026-12-04'],
    ['0412', '2026-12-04'],
    ['04122027', '2027-12-04'],
    ['2026-12-04', '2026-12-04'],
    ['4. Dezember', '2026-12-04'],
    ['4 dez 2027', '2027-12-04'],
    ['1. März', '2027-03-01'],
    ['1. Maerz', '2027-03-01'],
    ['+10', '2026-12-05'],
    ['+ 10 Tage', '2026-12-05'],
    ['+2 Wochen', '2026-12-09'],
    ['+2w', '2026-12-09'],
    ['in einem Monat', '2026-12-25'],
    ['in drei Tagen', '2026-11-28'],
    ['+1 Jahr', '2027-11-25'],
    ['Montag', '2026-11-30'],
    ['mi', '2026-12-02'],
    ['nächsten Freitag', '2026-11-27'],
    ['naechsten freitag', '2026-11-27'],
    ['Sonnabend', '2026-11-28'],
    ['nächste Woche', '2026-11-30'],
    ['nächsten Monat', '2026-12-01'],
    ['Monatsende', '2026-11-30'],
  ])('„%s“ is %s', (text, day) => {
    expect(parseDay(text, TODAY)).toBe(day);
  });

  it.each([
    '',
    ' ',
    '31.2.',
    '0.12.',
    '32.1.2027',
    '12',
    'bald',
    '+',
    '+2 Bananen',
    '4.13.',
    'm',
    '1.1.1850',
    '+9999 Jahre',
    '4.12.202',
  ])('does not guess at „%s“', (text) => {
    expect(parseDay(text, TODAY)).toBeUndefined();
  });

  it('takes a date without a year as the next one', () => {
    expect(parseDay('24.11.', TODAY)).toBe('2027-11-24');
    expect(parseDay('25.11.', TODAY)).toBe(TODAY);
    expect(parseDay('29.2.', TODAY)).toBe('2028-02-29');
  });
});

describe('the calendar', () => {
  it('knows leap years', () => {
    expect(dayOf(2028, 2, 29)).toBe('2028-02-29');
    expect(dayOf(2027, 2, 29)).toBeUndefined();
  });

  it('ends a month where it ends', () => {
    expect(addMonths('2027-01-31', 1)).toBe('2027-02-28');
    expect(addMonths('2026-12-31', 2)).toBe('2027-02-28');
    expect(addMonths('2026-01-15', -1)).toBe('2025-12-15');
  });

  it('counts weeks as the calendar on the wall', () => {
    expect(weekOf('2026-11-25')).toBe(48);
    expect(weekOf('2027-01-01')).toBe(53);
    expect(weekOf('2027-01-04')).toBe(1);
  });

  it('shows whole weeks from Monday', () => {
    const sheet = sheetOf('2026-11-25');
    expect(sheet.length).toBe(6);
    expect(sheet[0]?.[0]).toBe('2026-10-26');
    expect(sheet.at(-1)?.at(-1)).toBe('2026-12-06');
  });

  it('speaks German', () => {
    expect(numeric('2026-12-04')).toBe('04.12.2026');
    expect(spoken('2026-12-04')).toBe('Freitag, 4. Dezember 2026');
  });
});
