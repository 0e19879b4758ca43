/** Keys as a person writes them, from what the keyboard says. */

/** What is needed of a `KeyboardEvent`. */
export interface Stroke {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const NAMES: Readonly<Record<string, string>> = {
  ' ': 'Leertaste',
  Escape: 'Esc',
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
};

/** „Strg+K“, „Umschalt+Leertaste“, „?“. A sign that needs the shift key is itself, without naming it. */
export function spelled({ key, ctrlKey, metaKey, altKey, shiftKey }: Stroke): string {
  const letter = /^\p{L}$/u.test(key);
  const name = NAMES[key] ?? (letter ? key.toUpperCase() : key);
  const sign = key.length === 1 && key !== ' ' && !letter;
  const parts = [ctrlKey || metaKey ? 'Strg' : '', altKey ? 'Alt' : '', shiftKey && !sign ? 'Umschalt' : '', name];
  return parts.filter((part) => part !== '').join('+');
}

/** One sign without anything held: it would appear in a text. */
export function isBare(keys: string): boolean {
  return !keys.includes('+') && keys !== 'Esc' && keys !== 'Enter' && !/^F\d+$/.test(keys);
}

/** Whether a key does something by itself where the focus is: Enter and the space bar on a button. */
export function pressesItself(keys: string, target: EventTarget | null): boolean {
  if (keys !== 'Enter' && !keys.endsWith('Leertaste')) return false;
  const controls = 'button, a[href], summary, input, select, [role="option"], [role="tab"], [role="treeitem"]';
  return target instanceof HTMLElement && target.closest(controls) !== null;
}

/** Whether a text takes the keys of the one who types. */
export function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) {
    return true;
  }
  return (
    target instanceof HTMLInputElement && !/^(checkbox|radio|button|submit|reset|range|color|file)$/.test(target.type)
  );
}
