/** Which pages somebody wants on paper. */

/** As many pages fit into the memory of a small machine at once. */
export const PRINT_PAGES_MAX = 200;

/** 200 dpi on A4: sharp to the eye, and no more than a printer can show of a scan. */
export const PRINT_PX = 1654;

/** Reads „1-3, 5“ as pages from 0, in the order of the document; nothing if it cannot be understood. */
export function readPages(text: string, count: number): number[] | undefined {
  if (text.trim() === '') return Array.from({ length: count }, (_, page) => page);
  const chosen = new Set<number>();
  for (const part of text.split(/[,;]/)) {
    const match = /^\s*(\d{1,6})?\s*(?:([-–])\s*(\d{1,6})?)?\s*$/.exec(part);
    if (!match || (match[1] === undefined && match[3] === undefined)) return undefined;
    const first = Number(match[1] ?? 1);
    const last = match[2] === undefined ? first : Number(match[3] ?? count);
    if (first < 1 || last > count || first > last) return undefined;
    for (let page = first; page <= last; page += 1) chosen.add(page - 1);
  }
  return [...chosen].sort((a, b) => a - b);
}
