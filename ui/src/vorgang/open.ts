/** What still has to be done about a Vorgang: what its workspace opens on, and what is asked before it is closed. */

import { daysBetween } from '../lib/when';
import type { Day } from '../shared/day/day';
import type { Vorgang } from './model';

/** One thing that is open, the worst first. */
export type Open =
  | { readonly kind: 'contested'; readonly fields: readonly string[] }
  | { readonly kind: 'frist_over'; readonly id: string; readonly name: string; readonly ende: Day }
  | { readonly kind: 'frist_near'; readonly id: string; readonly name: string; readonly ende: Day }
  | { readonly kind: 'wiedervorlage_due'; readonly id: string; readonly grund: string; readonly am: Day }
  | { readonly kind: 'unassigned' }
  | { readonly kind: 'unfiled' }
  | { readonly kind: 'frist_running'; readonly id: string; readonly name: string; readonly ende: Day }
  | { readonly kind: 'wiedervorlage_later'; readonly id: string; readonly grund: string; readonly am: Day }
  | { readonly kind: 'absent'; readonly count: number };

/** A Frist is near when it ends within so many days. */
const NEAR_DAYS = 7;

const ORDER: readonly Open['kind'][] = [
  'contested',
  'frist_over',
  'frist_near',
  'wiedervorlage_due',
  'unassigned',
  'unfiled',
  'frist_running',
  'wiedervorlage_later',
  'absent',
];

/** Everything that is open. */
export function openThings(vorgang: Vorgang, today: Day): Open[] {
  const open: Open[] = [];
  if (vorgang.contested.length > 0) open.push({ kind: 'contested', fields: vorgang.contested });
  if (vorgang.absent.size > 0) open.push({ kind: 'absent', count: vorgang.absent.size });
  if (vorgang.status !== 'zd_a') {
    if (vorgang.zuweisung === undefined) open.push({ kind: 'unassigned' });
    if (vorgang.akte === undefined) open.push({ kind: 'unfiled' });
    for (const { id, name, ende } of vorgang.fristen) {
      const left = daysBetween(today, ende);
      const kind = left < 0 ? 'frist_over' : left <= NEAR_DAYS ? 'frist_near' : 'frist_running';
      open.push({ kind, id, name, ende });
    }
    for (const { id, am, grund, erledigt } of vorgang.wiedervorlagen) {
      if (!erledigt) open.push({ kind: am <= today ? 'wiedervorlage_due' : 'wiedervorlage_later', id, grund, am });
    }
  }
  return open.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}

/** What keeps its clerk from closing with a quiet mind. That somebody is assigned is none of it. */
export function openAtClose(vorgang: Vorgang, today: Day): Open[] {
  return openThings(vorgang, today).filter(({ kind }) => kind !== 'unassigned' && kind !== 'absent');
}
