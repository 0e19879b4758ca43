/** Numbers as they are written in German: „8.310 Vorgänge“, „1 Eintrag“. */

const NUMBERS = new Intl.NumberFormat('de-DE');

/** „8.310“. */
export function number(value: number): string {
  return NUMBERS.format(value);
}

/** „1 Eintrag“, „3 Einträge“, „0 Einträge“. */
export function count(value: number, one: string, more: string): string {
  return `${number(value)} ${value === 1 ? one : more}`;
}
