/** A Vorgang as the workspace needs it. */

import type { FristReckonRule, VorgangShowShown } from '../lib/api/commands';
import type { Day } from '../shared/day/day';

/** Who and when, by the clock of their machine. */
export interface Stamp {
  readonly by: string;
  readonly at: number;
}

export type Status = 'offen' | 'in_bearbeitung' | 'wartet' | 'zd_a';

/** How far something has come: on this machine only, or at the Zentrale. */
export type Receipt = 'here' | 'at_zentrale';

/** The Akte it lies in. */
export interface Filed {
  readonly id: string;
  readonly aktenzeichen: string | null;
  readonly betreff: string | null;
}

export interface Notiz {
  readonly id: string;
  readonly text: string;
  readonly angelegt: Stamp;
  readonly receipt: Receipt;
}

export interface Wiedervorlage {
  readonly id: string;
  readonly am: Day;
  readonly grund: string;
  readonly angelegt: Stamp;
  readonly erledigt?: Stamp;
}

/** From what the end of a Frist is reckoned. */
export type Rule = FristReckonRule;

export interface Frist {
  readonly id: string;
  readonly name: string;
  readonly ende: Day;
  readonly gesetzt: Stamp;
  /** Working days from today on; negative once they have passed. */
  readonly workdays_left: number | null;
  /** From what it was reckoned; null if somebody named the day. */
  readonly rechnung: Rule | null;
  /** Why it ends on that day, one thing a sentence. */
  readonly sentences: readonly string[];
}

export interface Format {
  readonly name: string;
  readonly medientyp: string;
  readonly hash: string;
  readonly size_bytes: number;
}

export interface Fassung {
  readonly id: string;
  readonly angelegt: Stamp;
  readonly formate: readonly Format[];
}

export interface Schriftstueck {
  readonly id: string;
  readonly betreff: string;
  /** The newest first. */
  readonly fassungen: readonly Fassung[];
  readonly aktuell: string;
}

/** Something that arrived and went into the Vorgang. */
export interface EingangBeside {
  readonly id: string;
  readonly betreff: string;
  readonly kanal: 'portal' | 'papier' | 'email' | 'datei';
  readonly erfasst: Stamp;
}

export interface Vorgang {
  readonly id: string;
  readonly betreff: string;
  readonly einheit: string;
  readonly status: Status;
  readonly statusSince: Stamp;
  readonly zuweisung?: string;
  readonly akte?: Filed;
  readonly leistung?: string;
  readonly angelegt: Stamp;
  /** The newest first. */
  readonly notizen: readonly Notiz[];
  /** The nearest first; what is done behind. */
  readonly wiedervorlagen: readonly Wiedervorlage[];
  /** The nearest first. */
  readonly fristen: readonly Frist[];
  /** The newest first. */
  readonly schriftstuecke: readonly Schriftstueck[];
  /** What arrived and went into it, the newest first. */
  readonly eingaenge: readonly EingangBeside[];
  /** Fields with two Fassungen nobody has decided between. */
  readonly contested: readonly string[];
  readonly waiting: number;
  /** Hashes of documents that are not on this machine yet. */
  readonly absent: ReadonlySet<string>;
}

/** Puts what the desk says about a Vorgang into the words of the workspace. */
export function readVorgang({ vorgang, waiting, absent }: VorgangShowShown): Vorgang {
  return {
    ...vorgang,
    statusSince: vorgang.status_since,
    zuweisung: vorgang.zuweisung ?? undefined,
    akte: vorgang.akte ?? undefined,
    leistung: vorgang.leistung ?? undefined,
    wiedervorlagen: vorgang.wiedervorlagen.map((one) => ({ ...one, erledigt: one.erledigt ?? undefined })),
    waiting,
    absent: new Set(absent),
  };
}

/** The file that is looked at: the first format of the Fassung that counts. */
export function shownFormat({ fassungen, aktuell }: Schriftstueck, fassung = aktuell): Format | undefined {
  return fassungen.find(({ id }) => id === fassung)?.formate[0];
}
