/** What somebody entered here and how far it has come. */

import type { EntryListLine } from '../lib/api/commands';
import { wartet as words } from '../lib/texts/wartet';

/** Whether somebody has to look at it, or it only waits. */
export type Need = 'refused' | 'held' | 'waiting';

/** What it needs; nothing if it is settled. */
export function needOf({ state, held, outlook }: EntryListLine): Need | undefined {
  if (state === 'refused') return 'refused';
  if (state !== 'waiting') return undefined;
  return held !== null || outlook?.outlook === 'refused' ? 'held' : 'waiting';
}

/** What it is, in a word or two: „Notiz“. */
export function aboutOf({ kind }: EntryListLine): string {
  return words.about[kind] ?? words.entry;
}

/** Those that still need something, the most pressing first, then the newest. */
export function open(entries: readonly EntryListLine[]): EntryListLine[] {
  const order: readonly Need[] = ['refused', 'held', 'waiting'];
  const rank = (entry: EntryListLine): number => order.indexOf(needOf(entry) ?? 'waiting');
  return entries.filter((entry) => needOf(entry)).sort((a, b) => rank(a) - rank(b) || b.number - a.number);
}
