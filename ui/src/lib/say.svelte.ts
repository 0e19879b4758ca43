/** What is said to the person at the desk without stopping them: for the eye as a toast, for the ear politely. */
import { untrack } from 'svelte';

import { failureOf, type Failure } from './failure';

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly hint?: string;
  readonly code?: string;
  readonly tone: 'done' | 'failed' | 'info';
  /** Takes it back. */
  readonly undo?: () => void;
}

/** Long enough to read and to reach for the key; failures stay until they are put away. */
const SHOWN_MS = 8_000;
const SHOWN_MAX = 3;

let numbered = 0;
let shown = $state.raw<readonly Toast[]>([]);
let spoken = $state('');
const timers = new Map<number, ReturnType<typeof setTimeout>>();

/** The toasts shown now, the newest last. */
export function toasts(): readonly Toast[] {
  return shown;
}

/** What a screen reader is to say next. */
export function announcement(): string {
  return spoken;
}

/** Says something only to the ear: how many rows a filter left, that something arrived. */
export function announce(text: string): void {
  // The same sentence twice would not be spoken again. An effect that says something does not depend on what was said.
  spoken = untrack(() => spoken) === text ? `${text}\u00a0` : text;
}

/** Says that something is done. */
export function say(text: string, { hint, undo }: { hint?: string; undo?: () => void } = {}): void {
  show({ text, hint, undo, tone: 'done' });
}

/** Says that something did not work, and what to do. */
export function sayFailure(thrown: unknown): Failure {
  const failure = failureOf(thrown);
  show({ text: failure.sentence, hint: failure.hint, code: failure.code, tone: 'failed' });
  return failure;
}

/** Puts a toast away. */
export function putAway(id: number): void {
  clearTimeout(timers.get(id));
  timers.delete(id);
  shown = shown.filter((toast) => toast.id !== id);
}

/** A toast that is being read does not go away. */
export function hold(id: number): void {
  clearTimeout(timers.get(id));
}

/** It may go away again. */
export function letGo(id: number): void {
  const toast = shown.find((one) => one.id === id);
  if (toast && toast.tone !== 'failed')
    timers.set(
      id,
      setTimeout(() => putAway(id), SHOWN_MS),
    );
}

function show(toast: Omit<Toast, 'id'>): void {
  numbered += 1;
  const id = numbered;
  // The key that takes back means the last deed; what was done before it is in the way by now.
  const left = toast.tone === 'failed' ? shown : shown.filter(({ tone }) => tone === 'failed');
  shown = [...left, { ...toast, id }].slice(-SHOWN_MAX);
  announce(toast.hint ? `${toast.text} ${toast.hint}` : toast.text);
  letGo(id);
}
