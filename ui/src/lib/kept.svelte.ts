/**
 * What somebody keeps for themselves at this desk: searches, columns. It lies with the drafts, encrypted like them,
 * because a search may hold a name.
 */
import { draftGet, draftKeep } from './api/commands';
import type { View } from './route';
import { sayFailure } from './say.svelte';

/** A list, narrowed, under a name. */
export interface SavedSearch {
  readonly name: string;
  readonly view: View;
  readonly query: Readonly<Record<string, string>>;
}

interface Kept {
  readonly searches: readonly SavedSearch[];
  /** Columns of a table, by its view, in their order. */
  readonly columns: Readonly<Record<string, readonly string[]>>;
}

const NAME = 'einstellung/listen';

let kept = $state.raw<Kept>({ searches: [], columns: {} });

/** Searches in the order they were saved. */
export function savedSearches(): readonly SavedSearch[] {
  return kept.searches;
}

/** Columns somebody chose for a table; none if they never did. */
export function columnsOf(view: string): readonly string[] | undefined {
  return kept.columns[view];
}

/** Reads what was kept; asked once the desk is open. */
export async function recallKept(): Promise<void> {
  try {
    const { answer } = await draftGet({ name: NAME });
    const read: unknown = JSON.parse(answer.draft?.body ?? '{}');
    kept = { searches: [], columns: {}, ...(read as Partial<Kept>) };
  } catch {
    // A desk that is locked or new has nothing kept; it is asked again when it opens.
  }
}

/** Keeps a search, in the place of one of the same name. */
export async function saveSearch(search: SavedSearch): Promise<void> {
  await keep({ ...kept, searches: [...kept.searches.filter(({ name }) => name !== search.name), search] });
}

/** Forgets a search. */
export async function forgetSearch(name: string): Promise<void> {
  await keep({ ...kept, searches: kept.searches.filter((one) => one.name !== name) });
}

/** Keeps the columns of a table. */
export async function saveColumns(view: string, columns: readonly string[]): Promise<void> {
  await keep({ ...kept, columns: { ...kept.columns, [view]: columns } });
}

async function keep(next: Kept): Promise<void> {
  kept = next;
  try {
    await draftKeep({ name: NAME, body: JSON.stringify(next) });
  } catch (error) {
    sayFailure(error);
  }
}
