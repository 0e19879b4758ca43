/** Which document is looked at beside a Vorgang or an Eingang; remembered until the window is closed. */

import { SvelteMap } from 'svelte/reactivity';

import { shownFormat, type Format, type Schriftstueck } from './model';

interface Choice {
  readonly schriftstueck: string;
  readonly fassung?: string;
}

/** By the thing they belong to. */
const choices = new SvelteMap<string, Choice>();

/** Chooses a document of a thing that may not be open yet. */
export function chooseDocument(of: string, schriftstueck: string): void {
  choices.set(of, { schriftstueck });
}

/** What is looked at of one thing. */
export class Shown {
  constructor(
    private readonly of: () => string,
    private readonly all: () => readonly Schriftstueck[],
  ) {}

  /** The document, the newest until somebody chooses. */
  get document(): Schriftstueck | undefined {
    const chosen = choices.get(this.of())?.schriftstueck;
    return this.all().find(({ id }) => id === chosen) ?? this.all()[0];
  }

  get schriftstueck(): string | undefined {
    return this.document?.id;
  }

  /** The file to be shown. */
  get format(): Format | undefined {
    return this.document && shownFormat(this.document, this.fassungOf(this.document));
  }

  /** The Fassung that is looked at, the one that counts until somebody chooses. */
  fassungOf({ id, aktuell }: Schriftstueck): string {
    const choice = choices.get(this.of());
    return choice?.schriftstueck === id && choice.fassung !== undefined ? choice.fassung : aktuell;
  }

  show(schriftstueck: string, fassung?: string): void {
    choices.set(this.of(), { schriftstueck, fassung });
  }

  /** The document before or behind it. */
  step(direction: 1 | -1): void {
    const all = this.all();
    const at = all.findIndex(({ id }) => id === this.schriftstueck);
    const next = all[at + direction];
    if (next) this.show(next.id);
  }
}
