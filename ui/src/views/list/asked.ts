/** What the lists ask the desk for, from what the address says. */
import type { EingangListPayload, VorgangListPayload, VorgangListSort } from '../../lib/api/commands';
import type { Route } from '../../lib/route';
import { addDays, weekdayOf, type Day } from '../../shared/day/day';

/** Sunday of the week of a day. */
export function endOfWeek(day: Day): Day {
  return addDays(day, 6 - weekdayOf(day));
}

/** What narrows a list beyond its view, so that it is worth being kept. */
export function isNarrowed({ query }: Route): boolean {
  return Object.entries(query).some(
    ([name, value]) => value !== '' && !['tabelle', 'sort', 'ab', 'teil'].includes(name),
  );
}

const SORTS: readonly VorgangListSort[] = [
  'faellig',
  'betreff',
  'status',
  'zuweisung',
  'einheit',
  'akte',
  'angelegt',
  'geaendert',
];

type Query = Route['query'];

/** Of `vorgang.list`. */
export function vorgaengeOf(query: Query, me: string | undefined, today: Day): VorgangListPayload {
  const { text, wessen, status, faellig, person, einheit, akte, klaeren, auch, sort, ab } = query;
  const by = SORTS.find((one) => one === sort);
  return {
    ...(wessen === 'alle' || person ? {} : wessen === 'frei' ? { unassigned_only: true } : { person: me }),
    ...(person ? { person } : {}),
    ...(text ? { text } : {}),
    ...(status ? { status: [status] } : {}),
    ...(einheit ? { einheit } : {}),
    ...(akte ? { akte } : {}),
    ...(faellig === 'heute' ? { faellig_bis: today } : faellig === 'woche' ? { faellig_bis: endOfWeek(today) } : {}),
    ...(klaeren ? { contested_only: true } : {}),
    ...(auch || status === 'zd_a' ? { closed_too: true } : {}),
    ...(by ? { sort: by, descending: ab === '1' } : {}),
  };
}

/** Of `eingang.list`. */
export function eingaengeOf({ text, kanal, auch }: Query): EingangListPayload {
  return {
    ...(text ? { text } : {}),
    ...(kanal ? { kanal } : {}),
    ...(auch ? { assigned_too: true } : {}),
  };
}
