/** What can be done with an Eingang. */

import { act } from '../lib/act.svelte';
import { eingangAssign, eingangForward, vorgangCreate } from '../lib/api/commands';
import { eingang as words } from '../lib/texts/vorgang';
import type { Eingang } from './model';

/** Makes a Vorgang of it; the Vorgang, if that worked. */
export async function createVorgang({ id }: Eingang, einheit: string, betreff: string): Promise<string | undefined> {
  const created = await act(() => vorgangCreate({ einheit, betreff }), { done: words.done.vorgang(betreff) });
  if (!created) return undefined;
  const { vorgang } = created;
  await act(() => eingangAssign({ eingang: id, vorgang }), { done: words.done.created });
  return vorgang;
}

export async function assign({ id }: Eingang, vorgang: string, betreff: string): Promise<boolean> {
  return (
    (await act(() => eingangAssign({ eingang: id, vorgang }), { done: words.done.assigned(betreff) })) !== undefined
  );
}

export async function forward(eingang: Eingang, einheit: string, name: string, grund?: string): Promise<boolean> {
  const done = await act(() => eingangForward({ eingang: eingang.id, einheit, grund }), {
    done: words.done.forwarded(name),
  });
  return done !== undefined;
}
