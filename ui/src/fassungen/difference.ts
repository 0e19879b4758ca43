/** What is new in a text, word by word, against what stood there before. */

/** A stretch of text. */
export interface Part {
  readonly text: string;
  readonly changed: boolean;
}

/** Longer texts are shown as changed as a whole; nobody compares them word by word. */
const WORDS_MAX = 400;

/** The text in stretches that are old and stretches that are new. */
export function difference(before: string, after: string): Part[] {
  const [old, now] = [words(before), words(after)];
  if (old.length > WORDS_MAX || now.length > WORDS_MAX) return [{ text: after, changed: before !== after }];
  const kept = keptOf(old, now);
  const parts: { text: string; changed: boolean }[] = [];
  now.forEach((word, at) => {
    const changed = !kept.has(at);
    const last = parts.at(-1);
    if (last && last.changed === changed) last.text += word;
    else parts.push({ text: word, changed });
  });
  return parts;
}

/** Words with the blanks behind them. */
function words(text: string): string[] {
  return text.match(/\S+\s*/g) ?? [];
}

/** Places in `now` that are in the longest common run of words. */
function keptOf(old: readonly string[], now: readonly string[]): Set<number> {
  const same = (a: string | undefined, b: string | undefined): boolean => a?.trim() === b?.trim();
  const lengths = Array.from({ length: old.length + 1 }, () => new Uint16Array(now.length + 1));
  const length = (a: number, b: number): number => lengths[a]?.[b] ?? 0;
  for (let a = old.length - 1; a >= 0; a -= 1) {
    const row = lengths[a];
    for (let b = now.length - 1; row && b >= 0; b -= 1) {
      row[b] = same(old[a], now[b]) ? length(a + 1, b + 1) + 1 : Math.max(length(a + 1, b), length(a, b + 1));
    }
  }
  const kept = new Set<number>();
  for (let a = 0, b = 0; a < old.length && b < now.length;) {
    if (same(old[a], now[b])) {
      kept.add(b);
      a += 1;
      b += 1;
    } else if (length(a + 1, b) >= length(a, b + 1)) a += 1;
    else b += 1;
  }
  return kept;
}
