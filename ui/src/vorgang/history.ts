/** The Verlauf by day. */

import { dayOfClock, type Day } from '../shared/day/day';

/** What happened in it, as far as the workspace looks at it. */
interface What {
  readonly kind: string;
  readonly notiz?: string;
}

/** One thing that was done. */
export interface HistoryLine {
  readonly entry: string;
  readonly at: number;
  readonly author: string;
  readonly waiting: boolean;
  readonly what: What;
  readonly grund?: string | null;
  /** Whole, in German, with the author's name. */
  readonly sentence: string;
}

/** What was done on one day. */
export interface HistoryDay {
  readonly day: Day;
  readonly lines: readonly HistoryLine[];
}

/** Lines that follow each other on one day stand together; their order stays. */
export function byDay(lines: readonly HistoryLine[]): HistoryDay[] {
  const days: { day: Day; lines: HistoryLine[] }[] = [];
  for (const line of lines) {
    const day = dayOfClock(new Date(line.at));
    const last = days.at(-1);
    if (last?.day === day) last.lines.push(line);
    else days.push({ day, lines: [line] });
  }
  return days;
}
