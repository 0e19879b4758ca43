/** What the things are about that entries name. */

import { akteList, eingangList, vorgangList } from '../lib/api/commands';
import { live } from '../lib/live.svelte';

/** Looks them up. Call it while a component is being set up. */
export class Betreffe {
  readonly #vorgaenge = live(
    vorgangList,
    () => ({ closed_too: true, rows_max: 10_000 }),
    () => ['vorgang'],
  );
  readonly #eingaenge = live(
    eingangList,
    () => ({ assigned_too: true }),
    () => ['eingang'],
  );
  readonly #akten = live(
    akteList,
    () => ({}),
    () => ['akte'],
  );
  readonly #known = $derived(
    new Map<string, string>([
      ...(this.#vorgaenge.data?.vorgaenge ?? []).map((one) => [`vorgang/${one.vorgang}`, one.betreff] as const),
      ...(this.#eingaenge.data?.eingaenge ?? []).map((one) => [`eingang/${one.eingang}`, one.betreff] as const),
      ...(this.#akten.data?.akten ?? []).map(
        (one) => [`akte/${one.akte}`, `${one.aktenzeichen} ${one.betreff}`] as const,
      ),
    ]),
  );

  /** What a thing is about; nothing while it is not known here. */
  of(entity: string): string {
    return this.#known.get(entity) ?? '';
  }
}
