/** Which rows of a long list are drawn. All lengths in CSS pixels, all rows of one height. */

/** Rows drawn beyond the edge, so that nothing is blank while scrolling. */
const BEYOND = 8;

export interface Range {
  /** The first row drawn. */
  readonly first: number;
  /** One past the last row drawn. */
  readonly end: number;
}

/** The rows to draw at a place of the scroll bar. */
export function visible(scrollTop: number, height: number, rowHeight: number, total: number): Range {
  if (rowHeight <= 0 || total <= 0) return { first: 0, end: 0 };
  const first = Math.floor(scrollTop / rowHeight) - BEYOND;
  const end = Math.ceil((scrollTop + height) / rowHeight) + BEYOND;
  return { first: Math.min(Math.max(first, 0), total), end: Math.min(Math.max(end, 0), total) };
}

/** Where the scroll bar has to be so that a row is wholly seen; where it is if it is seen already. */
export function revealing(row: number, scrollTop: number, height: number, rowHeight: number): number {
  const top = row * rowHeight;
  if (top < scrollTop) return top;
  return top + rowHeight > scrollTop + height ? top + rowHeight - height : scrollTop;
}

/** The row a key leads to; none if the key means nothing in a list. */
export function reached(key: string, row: number, total: number, rowsPerPage: number): number | undefined {
  const to = {
    ArrowDown: row + 1,
    ArrowUp: row < 0 ? 0 : row - 1,
    Home: 0,
    End: total - 1,
    PageDown: row + rowsPerPage,
    PageUp: row - rowsPerPage,
  }[key];
  return to === undefined || total === 0 ? undefined : Math.min(Math.max(to, 0), total - 1);
}
