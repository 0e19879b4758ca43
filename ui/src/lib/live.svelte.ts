/**
 * What a view shows of the desk: asked for when it is first shown, asked for again when it may look different, and
 * never blank in between. Call it while a component is being set up:
 *
 *     const vorgang = live(vorgangShow, () => ({ vorgang: id }), () => [`vorgang/${id}`]);
 *     {#if vorgang.data} … {:else if vorgang.failure} … {:else if vorgang.slow} … {/if}
 */
import { untrack } from 'svelte';
import { drop, dropAll, keep, onDrop, recall } from './cache';
import { onChanged, onStatus } from './api/events';
import { failureOf, type Failure } from './failure';

/** What is being asked may take so long before a view says that it is loading. */
export const SLOW_MS = 150;

type Row<P, T> = (payload: P) => Promise<{ answer: T }>;

/** An answer that keeps itself up to date. */
export class Live<T> {
  /** The newest answer; stays while a newer one is asked for. */
  data = $state.raw<T | undefined>(undefined);
  /** Why there is none, or no newer one. */
  failure = $state.raw<Failure | undefined>(undefined);
  /** There is nothing to show, and it takes long enough to say so. */
  slow = $state(false);
  /** Asks again. */
  reload: () => void = () => {};
}

/** Keeps an answer up to date for as long as a component is there; asks nothing while the payload is undefined. */
export function live<P, T>(row: Row<P, T>, payload: () => P | undefined, on: () => readonly string[]): Live<T> {
  const shown = new Live<T>();
  let shownKey = '';
  let asked = 0;

  $effect(() => {
    const wanted = payload();
    const depends = on();
    untrack(() => {
      if (wanted === undefined) {
        asked += 1;
        shown.data = undefined;
        shown.failure = undefined;
        shown.slow = false;
        return;
      }
      const key = `${numberOf(row)} ${JSON.stringify(wanted)}`;
      if (key !== shownKey) {
        // Only another question makes the answer on its way worthless; the same one may be put anew.
        asked += 1;
        shownKey = key;
        shown.failure = undefined;
        shown.data = recall(key) as T | undefined;
      }
      shown.reload = () => void ask(key, wanted, depends);
      if (shown.data === undefined) shown.reload();
    });
    return onDrop((stale) => {
      if (stale(depends)) shown.reload();
    });
  });

  async function ask(key: string, wanted: P, depends: readonly string[]): Promise<void> {
    asked += 1;
    const mine = asked;
    const timer = setTimeout(() => {
      if (mine === asked && shown.data === undefined) shown.slow = true;
    }, SLOW_MS);
    try {
      const { answer } = await row(wanted);
      if (mine !== asked) return;
      keep(key, answer, depends);
      shown.data = answer;
      shown.failure = undefined;
    } catch (error) {
      if (mine === asked) shown.failure = failureOf(error);
    } finally {
      clearTimeout(timer);
      if (mine === asked) shown.slow = false;
    }
  }

  return shown;
}

/** Lets what is said from outside drop what it concerns; the answer ends it. */
export function listen(): () => void {
  const ends = [
    onChanged(({ everything, entities }) => (everything ? dropAll() : drop(entities))),
    onStatus(() => drop(['status'])),
  ];
  return () => ends.forEach((end) => end());
}

const numbers = new WeakMap<object, number>();
let numbered = 0;

/** Functions have no name that survives the build; they get a number. */
function numberOf(row: object): number {
  const known = numbers.get(row);
  if (known !== undefined) return known;
  numbered += 1;
  numbers.set(row, numbered);
  return numbered;
}
