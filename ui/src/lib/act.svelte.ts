/**
 * What a person does at the desk: it is done, said, and can be taken back.
 *
 *     await act(() => notizAdd({ vorgang, text }), { done: 'Die Notiz ist gespeichert.' });
 */
import type { Answer } from './api/commands';
import { entryWithdraw } from './api/commands';
import { say, sayFailure } from './say.svelte';

/** How to say it and how to take it back. */
export interface Deed<T> {
  readonly done: string;
  /** Undoes what the Zentrale has accepted already, by an entry of its own. Without it only waiting entries can be. */
  readonly undo?: (answer: T) => Promise<unknown>;
}

interface Undoable {
  readonly done: string;
  readonly undo: () => Promise<void>;
}

/** As many deeds can be taken back, one after the other. */
const DEEDS_MAX = 20;

let deeds = $state.raw<readonly Undoable[]>([]);

/** Does it. The answer is undefined if it did not work; that has been said then. */
export async function act<T>(run: () => Promise<Answer<T>>, deed: Deed<T>): Promise<T | undefined> {
  try {
    const { answer } = await run();
    const undoable = { done: deed.done, undo: () => takeBack(answer, deed) };
    const refused = outlookOf(answer);
    deeds = [...deeds, undoable].slice(-DEEDS_MAX);
    say(refused === undefined ? deed.done : `${deed.done} ${refused}`, { undo: () => void undoThis(undoable) });
    return answer;
  } catch (error) {
    sayFailure(error);
    return undefined;
  }
}

/** Whether there is something to take back. */
export function canUndo(): boolean {
  return deeds.length > 0;
}

/** Takes back what was done last. */
export async function undoLast(): Promise<void> {
  const last = deeds.at(-1);
  if (last) await undoThis(last);
}

async function undoThis(deed: Undoable): Promise<void> {
  if (!deeds.includes(deed)) return;
  deeds = deeds.filter((one) => one !== deed);
  try {
    await deed.undo();
    say(`Zurückgenommen: ${deed.done}`);
  } catch (error) {
    sayFailure(error);
  }
}

/** What still waits is withdrawn; what is with the Zentrale already is undone by another entry. */
async function takeBack<T>(answer: T, deed: Deed<T>): Promise<void> {
  const entry = entryOf(answer);
  try {
    if (entry !== undefined) {
      await entryWithdraw({ entry });
      return;
    }
  } catch (error) {
    if (!deed.undo) throw error;
  }
  await deed.undo?.(answer);
}

/** The entry in an answer: its own, or that of what was saved. */
function entryOf(answer: unknown): string | undefined {
  const saved = savedOf(answer);
  return typeof saved?.['entry'] === 'string' ? saved['entry'] : undefined;
}

/** What will presumably become of it, if that is not what was wanted. */
function outlookOf(answer: unknown): string | undefined {
  const forecast = savedOf(answer)?.['forecast'];
  if (typeof forecast !== 'object' || forecast === null || !('sentence' in forecast)) return undefined;
  return typeof forecast.sentence === 'string' ? forecast.sentence : undefined;
}

function savedOf(answer: unknown): Record<string, unknown> | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  const own = answer as Record<string, unknown>;
  const saved = own['saved'];
  return typeof saved === 'object' && saved !== null ? (saved as Record<string, unknown>) : own;
}
