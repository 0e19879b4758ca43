// What Kontor says without being asked.

import type { DeskEvent } from './commands';
import { isWindow, listen } from './tauri';

export type Changed = Extract<DeskEvent, { event: 'changed' }>;
export type Status = Extract<DeskEvent, { event: 'status' }>;

const listeners = new Set<(changed: Changed) => void>();

/** Hears of things that may look different now, whether an answer named them or the Zentrale brought them. */
export function onChanged(heard: (changed: Changed) => void): () => void {
  const stop = on('changed', heard);
  listeners.add(heard);
  return () => {
    listeners.delete(heard);
    stop();
  };
}

/** Passes on what an answer named. */
export function tellChanged(entities: string[]): void {
  const changed: Changed = { event: 'changed', everything: false, entities };
  for (const heard of listeners) heard(changed);
}

/** Hears how it stands with the Zentrale. At the host the present state comes first. */
export function onStatus(heard: (status: Status) => void): () => void {
  return on('status', heard);
}

function on<T extends DeskEvent>(name: T['event'], heard: (event: T) => void): () => void {
  return isWindow ? listen<T>(name, heard) : onHost<T>(name, heard);
}

let source: EventSource | undefined;

/** One stream for all listeners; the browser connects it again by itself. */
function onHost<T extends DeskEvent>(name: T['event'], heard: (event: T) => void): () => void {
  source ??= new EventSource('/events');
  const stream = source;
  const listener = (message: MessageEvent<string>): void => heard(JSON.parse(message.data) as T);
  stream.addEventListener(name, listener);
  return () => stream.removeEventListener(name, listener);
}
