/** What somebody entered here and how far it has come. */

import type { EntryLine } from '../lib/api/commands';

/** Whether somebody has to look at it, or it only waits. */
export type Need = 'refused' | 'held' | 'waiting';

/** What it needs; nothing if it is settled. */
export function needOf({ state, held, outlook }: EntryLine): Need | undefined {
  if (state === 'refused') return 'refused';
  if (state !== 'waiting') return undefined;
  return held !== null || outlook?.outlook === 'refused' ? 'held' : 'waiting';
}

/** Those that still need something, the most pressing first, then the newest. */
export function open(entries: readonly EntryLine[]): EntryLine[] {
  const order: readonly Need[] = ['refused', 'held', 'waiting'];
  const rank = (entry: EntryLine): number => order.indexOf(needOf(entry) ?? 'waiting');
  return entries.filter((entry) => needOf(entry)).sort((a, b) => rank(a) - rank(b) || b.number - a.number);
}
