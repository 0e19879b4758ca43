/** What can be done with an Eingang. */

import { act } from '../lib/act.svelte';
import { eingangAssign, eingangCreateVorgang, eingangForward } from '../lib/api/commands';
import { eingang as words } from '../lib/texts/vorgang';
import type { Eingang } from './model';

/** Makes a Vorgang of it, and takes it if that is wanted; the Vorgang, if that worked. */
export async function createVorgang({ id }: Eingang, betreff: string, take: boolean): Promise<string | undefined> {
  const created = await act(() => eingangCreateVorgang({ eingang: id, betreff, take }), {
    done: take ? words.done.taken : words.done.created,
    entries: ({ entries }) => entries,
  });
  return created?.vorgang;
}

export async function assign({ id }: Eingang, vorgang: string, betreff: string): Promise<boolean> {
  return (
    (await act(() => eingangAssign({ eingang: id, vorgang }), { done: words.done.assigned(betreff) })) !== undefined
  );
}

export async function forward(eingang: Eingang, einheit: string, name: string, grund?: string): Promise<boolean> {
  const done = await act(() => eingangForward({ eingang: eingang.id, einheit, seen: eingang.einheit, grund }), {
    done: words.done.forwarded(name),
  });
  return done !== undefined;
}
