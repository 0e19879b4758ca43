/** An Eingang as its workspace needs it. */

import type { EingangShowShown } from '../lib/api/commands';
import type { Schriftstueck, Stamp } from '../vorgang/model';

export type Kanal = 'portal' | 'papier' | 'email' | 'datei';

export interface Eingang {
  readonly id: string;
  readonly einheit: string;
  readonly kanal: Kanal;
  readonly betreff: string;
  readonly erfasst: Stamp;
  /** The Vorgang it became part of. */
  readonly vorgang?: string;
  readonly schriftstuecke: readonly Schriftstueck[];
  readonly absent: ReadonlySet<string>;
}

/** Puts what the desk says into the words of the workspace. */
export function readEingang({ eingang, absent }: EingangShowShown): Eingang {
  return { ...eingang, vorgang: eingang.vorgang?.id, absent: new Set(absent) };
}
