/** What the people and units are called that a Vorgang names by their id. */

import { einheitList, personList, status } from '../lib/api/commands';
import type { EinheitListLine, PersonListLine } from '../lib/api/commands';
import { live } from '../lib/live.svelte';
import { vorgang as words } from '../lib/texts/vorgang';

/** Looks names up. Call it while a component is being set up. */
export class Names {
  readonly #people = live(
    personList,
    () => ({}),
    () => ['person'],
  );
  readonly #units = live(
    einheitList,
    () => ({}),
    () => ['einheit'],
  );
  readonly #status = live(
    status,
    () => ({}),
    () => ['status'],
  );

  readonly people: readonly PersonListLine[] = $derived(this.#people.data?.personen ?? []);
  readonly units: readonly EinheitListLine[] = $derived(this.#units.data?.einheiten ?? []);
  /** Whoever is signed in here. */
  readonly me: string | undefined = $derived(this.#status.data?.person ?? undefined);

  /** Whether whoever sits here may work on Vorgänge. */
  readonly mayWork: boolean = $derived(this.#may('sachbearbeitung', 'leitung'));
  /** Whether they may pass on what arrived. */
  readonly mayPass: boolean = $derived(this.#may('sachbearbeitung', 'leitung', 'poststelle'));

  readonly #person = $derived(new Map(this.people.map((one) => [one.person, one])));
  readonly #unit = $derived(new Map(this.units.map((one) => [one.einheit, one])));

  #may(...rollen: string[]): boolean {
    return (this.#status.data?.rollen ?? []).some((rolle) => rollen.includes(rolle));
  }

  /** The name of a person; „jemand“ while it is not known here. */
  person(id: string): string {
    return this.#person.get(id)?.name ?? words.somebody;
  }

  /** The same, saying whether it is oneself or somebody who left. */
  personExactly(id: string): string {
    const person = this.#person.get(id);
    if (!person) return words.somebody;
    if (id === this.me) return words.me(person.name);
    return person.aktiv ? person.name : words.formerly(person.name);
  }

  unit(id: string): string {
    return this.#unit.get(id)?.name ?? '';
  }

  /** Units and the units above them: „Ordnungsamt · Gewerbe“. */
  unitPath(id: string): string {
    const path: string[] = [];
    for (let at = this.#unit.get(id); at && path.length < 8; at = this.#unit.get(at.uebergeordnet ?? ''))
      path.unshift(at.name);
    return path.join(' · ');
  }
}
