/** The one badge of a row: the nearest day, in words. */
import type { Due } from '../../lib/api/commands';
import { lists } from '../../lib/texts/lists';
import { date, daysBetween, left } from '../../lib/when';
import { numeric, partsOf, spoken, type Day } from '../../shared/day/day';

/** A badge; `near` and `over` say by colour what the words say already. */
export interface Badge {
  readonly text: string;
  readonly tone: 'calm' | 'near' | 'over';
  /** The whole of it, on hover. */
  readonly long: string;
}

/** So many days before it a day is near. */
const NEAR_DAYS = 3;

export function badgeOf(next: Due, today: Day): Badge {
  const ahead = daysBetween(today, next.am);
  const long = `${next.kind === 'frist' ? `Frist „${next.name}“` : `Wiedervorlage: ${next.name}`}, ${spoken(next.am)}`;
  if (ahead < 0) return { text: left(next.am, today), tone: 'over', long };
  if (ahead <= NEAR_DAYS) {
    const text = ahead <= 1 ? date(next.am, today) : left(next.am, today);
    return { text: next.kind === 'frist' && ahead <= 1 ? lists.frist(text) : text, tone: 'near', long };
  }
  const day = short(next.am, today);
  return { text: next.kind === 'frist' ? lists.frist(day) : lists.wiedervorlage(day), tone: 'calm', long };
}

/** „22.12.“, with the year where it is another one. */
function short(day: Day, today: Day): string {
  const { year, month, date: ofMonth } = partsOf(day);
  const two = (n: number) => String(n).padStart(2, '0');
  return year === partsOf(today).year ? `${two(ofMonth)}.${two(month)}.` : numeric(day);
}
