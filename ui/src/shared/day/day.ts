/** Calendar days without times and zones, written `2026-12-04` as everywhere in the program. */

/** An ISO 8601 calendar day. */
export type Day = string;

const MS_PER_DAY = 86_400_000;
const YEAR_MIN = 1900;
const YEAR_MAX = 2999;

export const MONTHS = [
  'Januar',
  'Februar',
  'März',
  'April',
  'Mai',
  'Juni',
  'Juli',
  'August',
  'September',
  'Oktober',
  'November',
  'Dezember',
] as const;

/** Monday first, as on German calendars. */
export const WEEKDAYS = ['Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag', 'Sonntag'] as const;

/** A day by its parts (month from 1); none if the calendar has no such day. */
export function dayOf(year: number, month: number, date: number): Day | undefined {
  if (year < YEAR_MIN || year > YEAR_MAX) return undefined;
  const time = new Date(Date.UTC(year, month - 1, date));
  const exists = time.getUTCFullYear() === year && time.getUTCMonth() === month - 1 && time.getUTCDate() === date;
  return exists ? iso(time) : undefined;
}

/** Year, month (from 1) and date of a day. */
export function partsOf(day: Day): { year: number; month: number; date: number } {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return { year, month, date };
}

/** So many days later. */
export function addDays(day: Day, days: number): Day {
  return iso(new Date(Date.parse(`${day}T00:00:00Z`) + days * MS_PER_DAY));
}

/** So many months later; the last day of a month if it is shorter. */
export function addMonths(day: Day, months: number): Day {
  const { year, month, date } = partsOf(day);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const length = daysIn(first.getUTCFullYear(), first.getUTCMonth() + 1);
  first.setUTCDate(Math.min(date, length));
  return iso(first);
}

/** 0 is Monday. */
export function weekdayOf(day: Day): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}

/** How many days a month has. */
export function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** ISO 8601 week of the year: the one with the year's first Thursday is week 1. */
export function weekOf(day: Day): number {
  const thursday = addDays(day, 3 - weekdayOf(day));
  const { year } = partsOf(thursday);
  const since = (Date.parse(`${thursday}T00:00:00Z`) - Date.UTC(year, 0, 1)) / MS_PER_DAY;
  return Math.floor(since / 7) + 1;
}

/** The weeks a calendar sheet of a month shows, each from Monday to Sunday. */
export function sheetOf(day: Day): Day[][] {
  const { year, month } = partsOf(day);
  const first = dayOf(year, month, 1) ?? day;
  const start = addDays(first, -weekdayOf(first));
  const weeks = Math.ceil((weekdayOf(first) + daysIn(year, month)) / 7);
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: 7 }, (_, at) => addDays(start, week * 7 + at)),
  );
}

/** „04.12.2026“. */
export function numeric(day: Day): string {
  const { year, month, date } = partsOf(day);
  return `${two(date)}.${two(month)}.${year}`;
}

/** „Freitag, 4. Dezember 2026“, for the ear and for confirming what was typed. */
export function spoken(day: Day): string {
  const { year, month, date } = partsOf(day);
  return `${WEEKDAYS[weekdayOf(day)]}, ${date}. ${MONTHS[month - 1]} ${year}`;
}

/** The day a clock on the wall shows. */
export function dayOfClock(now: Date): Day {
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

function iso(time: Date): Day {
  return time.toISOString().slice(0, 10);
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
