/**
 * What a person does at the desk: it is done, said, and can be taken back.
 *
 *     await act(() => notizAdd({ vorgang, text }), { done: 'Die Notiz ist gespeichert.' });
 */
import type { Answer } from './api/commands';
import { entryUndo } from './api/commands';
import { say, sayFailure } from './say.svelte';

/** How to say it. */
export interface Deed<T> {
  readonly done: string;
  /** The entries it made, where the answer is more than one of them; they are taken back last first. */
  readonly entries?: (answer: T) => readonly string[];
}

interface Undoable {
  readonly done: string;
  readonly entries: readonly string[];
}

/** As many deeds can be taken back, one after the other. */
const DEEDS_MAX = 20;

let deeds = $state.raw<readonly Undoable[]>([]);

/** Does it. The answer is undefined if it did not work; that has been said then. */
export async function act<T>(run: () => Promise<Answer<T>>, deed: Deed<T>): Promise<T | undefined> {
  try {
    const { answer } = await run();
    const undoable = { done: deed.done, entries: entriesOf(answer, deed) };
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
    // What still waits is withdrawn; what has happened is set back by another entry, or cannot be, and says so.
    for (const entry of deed.entries.toReversed()) await entryUndo({ entry });
    say(`Zurückgenommen: ${deed.done}`);
  } catch (error) {
    sayFailure(error);
  }
}

/** The entries an answer speaks of. */
function entriesOf<T>(answer: T, { entries }: Deed<T>): readonly string[] {
  if (entries) return entries(answer);
  const saved = savedOf(answer);
  return typeof saved?.['entry'] === 'string' ? [saved['entry']] : [];
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
