/**
 * What the keys do at the moment. A component binds while it is there; the one bound last is asked first. What is bound
 * is what the palette offers.
 *
 *     bind(() => ({ notiz: () => (writing = true), primary: { run: save, label: 'Notiz speichern' } }));
 */
import { untrack } from 'svelte';
import { settings } from '../settings.svelte';
import { isBare, pressesItself, spelled, takesText } from './match';
import { SHORTCUTS, SHORTCUT_IDS, type ShortcutId } from './shortcuts';

/** What a key does here. */
export interface Bound {
  readonly run: () => void;
  /** Says it better than the table of keys does. */
  readonly label?: string;
  /** Not offered in the palette. */
  readonly hidden?: boolean;
}

export type Bindings = Partial<Record<ShortcutId, Bound | (() => void)>>;

/** A command without a key of its own, for the palette. */
export interface Command {
  readonly label: string;
  readonly run: () => void;
}

interface Layer {
  readonly bindings: () => Bindings;
  readonly modal: boolean;
}

let layers = $state.raw<readonly Layer[]>([]);
let offered = $state.raw<readonly (() => readonly Command[])[]>([]);

/** Binds keys as long as the component is there. `modal` ones work while a dialog is open, and only those do. */
export function bind(bindings: () => Bindings, { modal = false } = {}): void {
  $effect(() => {
    const layer: Layer = { bindings, modal };
    untrack(() => (layers = [...layers, layer]));
    return () => (layers = layers.filter((one) => one !== layer));
  });
}

/** Offers commands in the palette as long as the component is there. */
export function offer(commands: () => readonly Command[]): void {
  $effect(() => {
    untrack(() => (offered = [...offered, commands]));
    return () => (offered = offered.filter((one) => one !== commands));
  });
}

/** What can be done now, for the palette: with its keys where it has any. */
export function available(): { label: string; keys: readonly string[]; run: () => void }[] {
  const bound = SHORTCUT_IDS.flatMap((id) => {
    const found = find(id, false);
    if (!found || found.hidden) return [];
    return [{ label: found.label ?? SHORTCUTS[id].sentence, keys: SHORTCUTS[id].keys, run: found.run }];
  });
  const others = offered.flatMap((commands) => commands().map((one) => ({ ...one, keys: [] })));
  return [...bound, ...others];
}

/** Does what a key does here, without the key. */
export function trigger(id: ShortcutId): void {
  find(id, false)?.run();
}

/** Handles a key; the window gives every one of them here. */
export function press(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const keys = spelled(event);
  // Arrows belong to whatever has the focus; lists answer them themselves.
  if (keys === '↓' || keys === '↑') return;
  const typing = takesText(event.target);
  if (typing && (isBare(keys) || keys === 'Strg+Z' || keys === 'Enter' || keys === 'Strg+F' || keys.startsWith('Alt+')))
    return;
  if (pressesItself(keys, event.target)) return;
  if (isBare(keys) && !settings.singleKeys) return;
  const modal = document.querySelector('dialog:modal') !== null;
  const id = SHORTCUT_IDS.find((one) => SHORTCUTS[one].keys.includes(keys) && find(one, modal));
  const found = id && find(id, modal);
  if (!found) return;
  event.preventDefault();
  found.run();
}

function find(id: ShortcutId, modal: boolean): Bound | undefined {
  for (let at = layers.length - 1; at >= 0; at -= 1) {
    const layer = layers[at];
    if (!layer || layer.modal !== modal) continue;
    const bound = layer.bindings()[id];
    if (bound) return typeof bound === 'function' ? { run: bound } : bound;
  }
  return undefined;
}
