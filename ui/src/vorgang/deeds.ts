/** What can be done with a Vorgang, said and taken back in the words of the office. */

import { act } from '../lib/act.svelte';
import {
  fristRemove,
  fristSet,
  notizAdd,
  schriftstueckRename,
  vorgangAssign,
  vorgangChange,
  vorgangClose,
  vorgangFile,
  vorgangMove,
  vorgangSetStatus,
  wiedervorlageAdd,
  wiedervorlageComplete,
  wiedervorlageReschedule,
  type VorgangSetStatusWorking,
} from '../lib/api/commands';
import { vorgang as words } from '../lib/texts/vorgang';
import { numeric, type Day } from '../shared/day/day';
import type { Frist, Rule, Schriftstueck, Vorgang, Wiedervorlage } from './model';

/** The Vorgang it is about; also where no more of it is known than its id. */
type Of = Pick<Vorgang, 'id'>;

/** A Wiedervorlage as it was shown. */
type Due = Pick<Wiedervorlage, 'id' | 'am'>;

/** Whether it was done; if not, that has been said. */
export type Done = Promise<boolean>;

export async function addNotiz({ id }: Vorgang, text: string): Done {
  return did(await act(() => notizAdd({ vorgang: id, text }), { done: words.done.notiz }));
}

/** Assigns it; to nobody without a person. */
export async function assign(
  { id, zuweisung }: Vorgang,
  person: string | undefined,
  said: string,
  grund?: string,
): Done {
  return did(await act(() => vorgangAssign({ vorgang: id, person, seen: zuweisung ?? null, grund }), { done: said }));
}

export async function setStatus({ id, status: before }: Vorgang, status: VorgangSetStatusWorking): Done {
  const done = before === 'zd_a' ? words.done.reopened : words.done.status(words.status[status]);
  return did(await act(() => vorgangSetStatus({ vorgang: id, status, seen: before }), { done }));
}

export async function close({ id, status: seen }: Vorgang, grund?: string): Done {
  return did(await act(() => vorgangClose({ vorgang: id, seen, grund }), { done: words.done.closed }));
}

export async function file({ id, akte: before }: Vorgang, akte: string, aktenzeichen: string): Done {
  return did(
    await act(() => vorgangFile({ vorgang: id, akte, seen: before?.id ?? null }), {
      done: words.done.filed(aktenzeichen),
    }),
  );
}

export async function move({ id, einheit: seen }: Vorgang, einheit: string, name: string, grund: string): Done {
  return did(await act(() => vorgangMove({ vorgang: id, einheit, seen, grund }), { done: words.done.left(name) }));
}

export async function rename({ id, betreff: seen }: Vorgang, betreff: string): Done {
  return did(
    await act(() => vorgangChange({ vorgang: id, betreff, seen_betreff: seen }), { done: words.done.renamed }),
  );
}

export async function renameSchriftstueck({ id }: Of, one: Schriftstueck, betreff: string): Done {
  const rename = { vorgang: id, schriftstueck: one.id, betreff, seen: one.betreff };
  return did(await act(() => schriftstueckRename(rename), { done: words.done.schriftstueckRenamed(betreff) }));
}

export async function addWiedervorlage({ id }: Of, am: Day, grund: string): Done {
  return did(
    await act(() => wiedervorlageAdd({ vorgang: id, am, grund }), { done: words.done.wiedervorlage(numeric(am)) }),
  );
}

export async function reschedule({ id }: Of, one: Due, am: Day): Done {
  return did(
    await act(() => wiedervorlageReschedule({ vorgang: id, wiedervorlage: one.id, am, seen: one.am }), {
      done: words.done.moved(numeric(am)),
    }),
  );
}

export async function tickOff({ id }: Of, wiedervorlage: string): Done {
  return did(await act(() => wiedervorlageComplete({ vorgang: id, wiedervorlage }), { done: words.done.tickedOff }));
}

/** The day a Frist ends, or from what that is reckoned. */
export type End = { readonly ende: Day } | { readonly rechnung: Rule };

/** A new Frist, or another end for one that is there. */
export async function setFrist({ id }: Vorgang, name: string, end: End, before?: Frist): Done {
  return did(
    await act(() => fristSet({ vorgang: id, frist: before?.id, name, ...end }), {
      done: words.done.frist(name),
    }),
  );
}

export async function removeFrist({ id }: Vorgang, frist: Frist, grund?: string): Done {
  return did(
    await act(() => fristRemove({ vorgang: id, frist: frist.id, grund }), {
      done: words.done.fristRemoved(frist.name),
    }),
  );
}

function did(answer: unknown): boolean {
  return answer !== undefined;
}
