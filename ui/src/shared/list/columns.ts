/** A column of a table. */
export interface Column {
  readonly id: string;
  readonly label: string;
  /** As narrow as it may get, in CSS pixels. */
  readonly minPx: number;
  /** Its part of the room that is left. */
  readonly share: number;
  /** Shown until somebody chooses. */
  readonly usual: boolean;
  /** It can be sorted by. */
  readonly sortable: boolean;
  /** How its rows are filtered: by typing, or by choosing one of these. */
  readonly filter?: 'text' | readonly { readonly value: string; readonly label: string }[];
}

/** What a table is sorted by. */
export interface Sort {
  readonly by: string;
  readonly descending: boolean;
}

/** The sort after a click on a heading: down the other way, then as it was. */
export function sortedBy(column: string, now: Sort | undefined): Sort | undefined {
  if (now?.by !== column) return { by: column, descending: false };
  return now.descending ? undefined : { by: column, descending: true };
}

/** Columns in the order somebody chose; unknown ones are left out, and one stays at least. */
export function chosenColumns(all: readonly Column[], wanted: readonly string[] | undefined): readonly Column[] {
  if (!wanted) return all.filter(({ usual }) => usual);
  const chosen = wanted.flatMap((id) => all.filter((column) => column.id === id));
  return chosen.length > 0 ? chosen : all.slice(0, 1);
}
