/** Where in a document somebody wants to be who comes from elsewhere. */
import { chooseDocument } from './shown.svelte';

export interface Aim {
  readonly schriftstueck: string;
  /** From 1. */
  readonly page: number | undefined;
  /** To be marked. */
  readonly words: string;
}

let aim = $state.raw<{ readonly of: string; readonly at: Aim }>();

/** Shows a document of a thing at this place. */
export function aimAt(of: string, at: Aim): void {
  chooseDocument(of, at.schriftstueck);
  aim = { of, at };
}

/** The place in a document of a thing, if somebody came for it. */
export function aimOf(of: string, schriftstueck: string | undefined): Aim | undefined {
  return aim?.of === of && aim.at.schriftstueck === schriftstueck ? aim.at : undefined;
}
