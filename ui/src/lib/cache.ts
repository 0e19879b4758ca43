/**
 * Answers that were given, kept until something they show has changed. Each says what it depends on:
 * `vorgang/0190…` (this one), `vorgang` (any of them), `status` (how it stands with the Zentrale) or `*` (everything).
 */

/** As many answers are kept at most; the one longest unused goes first. */
const KEPT_MAX = 200;

interface Kept {
  readonly answer: unknown;
  readonly on: readonly string[];
}

type Listener = (stale: (on: readonly string[]) => boolean) => void;

const kept = new Map<string, Kept>();
const listeners = new Set<Listener>();

/** The answer kept under a key. */
export function recall(key: string): unknown {
  const found = kept.get(key);
  if (!found) return undefined;
  kept.delete(key);
  kept.set(key, found);
  return found.answer;
}

/** Keeps an answer. */
export function keep(key: string, answer: unknown, on: readonly string[]): void {
  kept.delete(key);
  kept.set(key, { answer, on });
  const oldest = kept.keys().next();
  if (kept.size > KEPT_MAX && !oldest.done) kept.delete(oldest.value);
}

/** Drops every answer that shows one of these things, and tells whoever shows it now. */
export function drop(entities: readonly string[]): void {
  const stale = (on: readonly string[]) => concerns(on, entities);
  for (const [key, one] of kept) if (stale(one.on)) kept.delete(key);
  for (const listener of listeners) listener(stale);
}

/** Drops all. */
export function dropAll(): void {
  kept.clear();
  for (const listener of listeners) listener(() => true);
}

/** Hears of what has been dropped; the answer ends it. */
export function onDrop(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether something that depends on `on` looks different when `entities` do. */
export function concerns(on: readonly string[], entities: readonly string[]): boolean {
  return on.some((wanted) =>
    entities.some((entity) => wanted === '*' || wanted === entity || entity.startsWith(`${wanted}/`)),
  );
}
