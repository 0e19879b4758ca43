/** The Aktenplan as a tree: its order is in its keys, `3` › `32` › `32.10`. */

import type { Node } from '../shared/tree/tree';

/** One entry of the plan. */
export interface PlanEntry {
  readonly aktenplaneintrag: string;
  readonly schluessel: string;
  readonly name: string;
}

/** Entries below each other; `hintOf` says what stands behind one, for example how many Akten lie there. */
export function planTree(entries: readonly PlanEntry[], hintOf: (entry: PlanEntry) => string = () => ''): Node[] {
  const sorted = [...entries].sort((a, b) => a.schluessel.localeCompare(b.schluessel, 'de', { numeric: true }));
  const bySchluessel = new Map(sorted.map((entry) => [entry.schluessel, entry]));
  const children = new Map<string | undefined, PlanEntry[]>();
  for (const entry of sorted) {
    const parent = parentOf(entry.schluessel, bySchluessel);
    const list = children.get(parent);
    if (list) list.push(entry);
    else children.set(parent, [entry]);
  }
  const build = (parent: string | undefined): Node[] =>
    (children.get(parent) ?? []).map((entry) => ({
      id: entry.aktenplaneintrag,
      label: `${entry.schluessel} ${entry.name}`,
      hint: hintOf(entry),
      children: build(entry.schluessel),
    }));
  return build(undefined);
}

/**
 * The longest key this one continues: digit by digit in its first part (`3` › `32`), part by part behind it (`32` ›
 * `32.10`, but `32.2` is no parent of `32.20`).
 */
function parentOf(schluessel: string, known: ReadonlyMap<string, PlanEntry>): string | undefined {
  for (let length = schluessel.length - 1; length > 0; length -= 1) {
    const start = schluessel.slice(0, length);
    const whole = !/[^\p{L}\d]/u.test(start) || /[^\p{L}\d]/u.test(schluessel.charAt(length));
    if (whole && known.has(start)) return start;
  }
  return undefined;
}
