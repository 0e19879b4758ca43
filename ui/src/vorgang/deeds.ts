/** What can be done with a Vorgang, said and taken back in the words of the office. */

import { act } from '../lib/act.svelte';
import {
  fristRemove,
  fristSet,
  notizAdd,
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
import type { Frist, Rule, Vorgang, Wiedervorlage } from './model';

/** Whether it was done; if not, that has been said. */
export type Done = Promise<boolean>;

export async function addNotiz({ id }: Vorgang, text: string): Done {
  return did(await act(() => notizAdd({ vorgang: id, text }), { done: words.done.notiz }));
}

/** Assigns it; to nobody without a person. */
export async function assign(vorgang: Vorgang, person: string | undefined, said: string, grund?: string): Done {
  const before = vorgang.zuweisung;
  return did(
    await act(() => vorgangAssign({ vorgang: vorgang.id, person, grund }), {
      done: said,
      undo: () => vorgangAssign({ vorgang: vorgang.id, person: before }),
    }),
  );
}

export async function setStatus(vorgang: Vorgang, status: VorgangSetStatusWorking): Done {
  const before = vorgang.status;
  const undo = (): Promise<unknown> =>
    before === 'zd_a'
      ? vorgangClose({ vorgang: vorgang.id })
      : vorgangSetStatus({ vorgang: vorgang.id, status: before });
  const done = before === 'zd_a' ? words.done.reopened : words.done.status(words.status[status]);
  return did(await act(() => vorgangSetStatus({ vorgang: vorgang.id, status }), { done, undo }));
}

export async function close(vorgang: Vorgang, grund?: string): Done {
  const before = vorgang.status === 'zd_a' ? 'in_bearbeitung' : vorgang.status;
  return did(
    await act(() => vorgangClose({ vorgang: vorgang.id, grund }), {
      done: words.done.closed,
      undo: () => vorgangSetStatus({ vorgang: vorgang.id, status: before }),
    }),
  );
}

export async function file(vorgang: Vorgang, akte: string, aktenzeichen: string): Done {
  const before = vorgang.akte?.id;
  return did(
    await act(() => vorgangFile({ vorgang: vorgang.id, akte }), {
      done: words.done.filed(aktenzeichen),
      undo: () => vorgangFile({ vorgang: vorgang.id, akte: before }),
    }),
  );
}

export async function move(vorgang: Vorgang, einheit: string, name: string, grund: string): Done {
  return did(await act(() => vorgangMove({ vorgang: vorgang.id, einheit, grund }), { done: words.done.left(name) }));
}

export async function rename(vorgang: Vorgang, betreff: string): Done {
  const before = vorgang.betreff;
  return did(
    await act(() => vorgangChange({ vorgang: vorgang.id, betreff }), {
      done: words.done.renamed,
      undo: () => vorgangChange({ vorgang: vorgang.id, betreff: before }),
    }),
  );
}

export async function addWiedervorlage({ id }: Vorgang, am: Day, grund: string): Done {
  return did(
    await act(() => wiedervorlageAdd({ vorgang: id, am, grund }), { done: words.done.wiedervorlage(numeric(am)) }),
  );
}

export async function reschedule({ id }: Vorgang, one: Wiedervorlage, am: Day): Done {
  const to = (day: Day): ReturnType<typeof wiedervorlageReschedule> =>
    wiedervorlageReschedule({ vorgang: id, wiedervorlage: one.id, am: day });
  return did(await act(() => to(am), { done: words.done.moved(numeric(am)), undo: () => to(one.am) }));
}

export async function tickOff({ id }: Vorgang, wiedervorlage: string): Done {
  return did(await act(() => wiedervorlageComplete({ vorgang: id, wiedervorlage }), { done: words.done.tickedOff }));
}

/** The day a Frist ends, or from what that is reckoned. */
export type End = { readonly ende: Day } | { readonly rechnung: Rule };

/** A new Frist, or another end for one that is there. */
export async function setFrist({ id }: Vorgang, name: string, end: End, before?: Frist): Done {
  return did(
    await act(() => fristSet({ vorgang: id, frist: before?.id, name, ...end }), {
      done: words.done.frist(name),
      undo: ({ frist }) =>
        before
          ? fristSet({ vorgang: id, frist, name: before.name, ...endOf(before) })
          : fristRemove({ vorgang: id, frist }),
    }),
  );
}

export async function removeFrist({ id }: Vorgang, frist: Frist, grund?: string): Done {
  return did(
    await act(() => fristRemove({ vorgang: id, frist: frist.id, grund }), {
      done: words.done.fristRemoved(frist.name),
      undo: () => fristSet({ vorgang: id, frist: frist.id, name: frist.name, ...endOf(frist) }),
    }),
  );
}

function endOf({ ende, rechnung }: Frist): End {
  return rechnung ? { rechnung } : { ende };
}

function did(answer: unknown): boolean {
  return answer !== undefined;
}
