/** Dates and times as clerks write them: „heute 10:31“, „Fr 20.11.“, „noch 3 Tage“. */
import { type Day, dayOfClock, numeric, partsOf, weekdayOf } from '../shared/day/day';

const MS_PER_DAY = 86_400_000;
const SHORT_WEEKDAYS = ['Mo', 'Di', 'Mi', 'Do', 'Fr', 'Sa', 'So'] as const;
/** As far back a weekday is said along with the date. */
const WEEKDAY_DAYS_MAX = 14;

/** What lies further ahead was noted while a clock was wrong. */
const CLOCK_WRONG_MS = 5 * 60_000;

/** When something happened: „heute 10:31“, „gestern 16:02“, „Fr 20.11.“, „03.02.2025“. */
export function moment(ms: number, nowMs: number): string {
  const then = new Date(ms);
  const day = dayOfClock(then);
  const ago = daysBetween(day, dayOfClock(new Date(nowMs)));
  if (ago === 0) return `heute ${time(then)}`;
  if (ago === 1) return `gestern ${time(then)}`;
  return date(day, dayOfClock(new Date(nowMs)));
}

/** The same in the space of a row: without the time once it was not today. */
export function briefly(ms: number, nowMs: number): string {
  const day = dayOfClock(new Date(ms));
  const ago = daysBetween(day, dayOfClock(new Date(nowMs)));
  return ago === 1 ? 'gestern' : moment(ms, nowMs);
}

/** „10:31“. */
export function timeOfDay(ms: number): string {
  return time(new Date(ms));
}

/** A day: „heute“, „morgen“, „Fr 20.11.“, „20.11.“, „03.02.2025“. */
export function date(day: Day, today: Day): string {
  const ahead = daysBetween(today, day);
  if (ahead === 0) return 'heute';
  if (ahead === 1) return 'morgen';
  if (ahead === -1) return 'gestern';
  const { year, month, date: ofMonth } = partsOf(day);
  if (year !== partsOf(today).year && Math.abs(ahead) > 180) return numeric(day);
  const short = `${two(ofMonth)}.${two(month)}.`;
  return Math.abs(ahead) <= WEEKDAY_DAYS_MAX ? `${SHORT_WEEKDAYS[weekdayOf(day)]} ${short}` : short;
}

/** How much time there is: „heute“, „noch 3 Tage“, „überfällig 1 Tag“. */
export function left(day: Day, today: Day): string {
  const ahead = daysBetween(today, day);
  if (ahead === 0) return 'heute';
  if (ahead === 1) return 'noch 1 Tag';
  if (ahead > 1) return `noch ${ahead} Tage`;
  return ahead === -1 ? 'überfällig 1 Tag' : `überfällig ${-ahead} Tage`;
}

/** Days from one day to another; negative if the other is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / MS_PER_DAY);
}

/** „gerade eben“, „vor 3 Minuten“, „10:14“, „gestern 16:02“; a time to come, after a clock was wrong, as a date. */
export function since(ms: number, nowMs: number): string {
  if (ms - nowMs > CLOCK_WRONG_MS) return moment(ms, nowMs);
  const seconds = Math.max(0, Math.round((nowMs - ms) / 1000));
  if (seconds < 60) return 'gerade eben';
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return minutes === 1 ? 'vor 1 Minute' : `vor ${minutes} Minuten`;
  return dayOfClock(new Date(ms)) === dayOfClock(new Date(nowMs)) ? timeOfDay(ms) : moment(ms, nowMs);
}

function time(then: Date): string {
  return `${two(then.getHours())}:${two(then.getMinutes())}`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
