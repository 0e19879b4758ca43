/** Rows of a day under its name, the earliest day first. */
import { lists } from '../../lib/texts/lists';
import { MONTHS, partsOf, WEEKDAYS, weekdayOf, type Day } from '../../shared/day/day';
import { daysBetween } from '../../lib/when';

export interface DayGroup<T> {
  readonly label: string;
  readonly items: readonly T[];
}

/** Puts rows that come in the order of their days into groups; all that is overdue is one. */
export function byDay<T extends { readonly am: Day }>(rows: readonly T[], today: Day): DayGroup<T>[] {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const label = labelOf(row.am, today);
    const group = groups.get(label);
    if (group) group.push(row);
    else groups.set(label, [row]);
  }
  return [...groups].map(([label, items]) => ({ label, items }));
}

/** „Überfällig“, „Heute, Mittwoch, 25. November“, „Freitag, 4. Dezember“. */
function labelOf(day: Day, today: Day): string {
  const ahead = daysBetween(today, day);
  if (ahead < 0) return lists.wiedervorlagen.overdue;
  const { year, month, date } = partsOf(day);
  const ofYear = year === partsOf(today).year ? '' : ` ${year}`;
  const named = `${WEEKDAYS[weekdayOf(day)]}, ${date}. ${MONTHS[month - 1]}${ofYear}`;
  if (ahead === 0) return `${lists.wiedervorlagen.today}, ${named}`;
  return ahead === 1 ? `${lists.wiedervorlagen.tomorrow}, ${named}` : named;
}
