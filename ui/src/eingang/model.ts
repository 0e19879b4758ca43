/** An Eingang as its workspace needs it. */

import { readSchriftstuecke, type Schriftstueck, type Stamp } from '../vorgang/model';

export type Kanal = 'portal' | 'papier' | 'email' | 'datei';

export interface Eingang {
  readonly id: string;
  readonly einheit: string;
  readonly kanal: Kanal;
  readonly betreff: string;
  readonly erfasst: Stamp;
  /** The Vorgang it became part of. */
  readonly vorgang?: string;
  readonly contested: boolean;
  readonly schriftstuecke: readonly Schriftstueck[];
  readonly absent: ReadonlySet<string>;
}

/** What the desk says about an Eingang. */
export interface EingangShown {
  readonly eingang: unknown;
  readonly absent: readonly string[];
}

interface EingangJson {
  readonly id: string;
  readonly einheit: string;
  readonly kanal: Kanal;
  readonly betreff: string;
  readonly erfasst: Stamp;
  readonly verbleib: 'offen' | { readonly zugeordnet: string };
  readonly schriftstuecke?: Parameters<typeof readSchriftstuecke>[0];
  readonly felder?: { readonly conflicts?: Readonly<Record<string, unknown>> };
}

/** Puts what the desk says into the order in which it is read. */
export function readEingang(shown: EingangShown): Eingang {
  const json = shown.eingang as EingangJson;
  return {
    id: json.id,
    einheit: json.einheit,
    kanal: json.kanal,
    betreff: json.betreff,
    erfasst: json.erfasst,
    vorgang: json.verbleib === 'offen' ? undefined : json.verbleib.zugeordnet,
    contested: Object.keys(json.felder?.conflicts ?? {}).length > 0,
    schriftstuecke: readSchriftstuecke(json.schriftstuecke),
    absent: new Set(shown.absent),
  };
}
