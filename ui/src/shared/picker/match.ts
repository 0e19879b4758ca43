/** Finding an option by what somebody types: every word somewhere, umlauts written either way. */

/** Something to choose. */
export interface Option {
  readonly id: string;
  readonly label: string;
  /** What tells it from others of the same name. */
  readonly hint?: string;
  /** Options of the same group stand under one heading. */
  readonly group?: string;
}

/** The options that fit, in their order; those with a word that begins so come first. */
export function matching(options: readonly Option[], typed: string): Option[] {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...options];
  const fits = options.filter((option) => {
    const text = fold(`${option.label} ${option.hint ?? ''}`);
    return words.every((word) => text.includes(word));
  });
  const first = words[0] ?? '';
  const rank = (option: Option): number => (` ${fold(option.label)}`.includes(` ${first}`) ? 0 : 1);
  return fits.sort((a, b) => rank(a) - rank(b));
}

/** „Müller“, „Mueller“ and „muller“ are typed alike. */
function fold(text: string): string {
  return text
    .toLocaleLowerCase('de')
    .replaceAll('ß', 'ss')
    .replaceAll('ä', 'a')
    .replaceAll('ö', 'o')
    .replaceAll('ü', 'u')
    .replaceAll('ae', 'a')
    .replaceAll('oe', 'o')
    .replaceAll('ue', 'u')
    .normalize('NFD')
    .replace(/\p{M}/gu, '');
}
