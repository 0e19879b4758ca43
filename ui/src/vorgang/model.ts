/** A Vorgang as the workspace needs it. */

import type { VorgangShowShown } from '../lib/api/commands';
import type { Day } from '../shared/day/day';

/** Who and when, by the clock of their machine. */
export interface Stamp {
  readonly by: string;
  readonly at: number;
}

export type Status = 'offen' | 'in_bearbeitung' | 'wartet' | 'zd_a';

export interface Notiz {
  readonly id: string;
  readonly text: string;
  readonly angelegt: Stamp;
}

export interface Wiedervorlage {
  readonly id: string;
  readonly am: Day;
  readonly grund: string;
  readonly angelegt: Stamp;
  readonly erledigt?: Stamp;
}

export interface Frist {
  readonly id: string;
  readonly name: string;
  readonly ende: Day;
  readonly gesetzt: Stamp;
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

export interface Vorgang {
  readonly id: string;
  readonly betreff: string;
  readonly einheit: string;
  readonly status: Status;
  readonly statusSince: Stamp;
  readonly zuweisung?: string;
  readonly akte?: string;
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
  /** Fields with two Fassungen nobody has decided between. */
  readonly contested: readonly string[];
  /** The first of those decisions. */
  readonly conflict?: string;
  readonly waiting: number;
  /** Hashes of documents that are not on this machine yet. */
  readonly absent: ReadonlySet<string>;
}

type ById<T> = Readonly<Record<string, T>>;

interface SchriftstueckJson {
  readonly id: string;
  readonly betreff: string;
  readonly aktuell: string;
  readonly fassungen: ById<Fassung>;
}

interface FelderJson {
  readonly gesetzt?: ById<Stamp>;
  readonly conflicts?: ById<{ readonly contested: ById<unknown> }>;
}

interface VorgangJson {
  readonly id: string;
  readonly betreff: string;
  readonly einheit: string;
  readonly status: Status;
  readonly zuweisung?: string;
  readonly akte?: string;
  readonly leistung?: string;
  readonly angelegt: Stamp;
  readonly notizen?: ById<Omit<Notiz, 'id'>>;
  readonly wiedervorlagen?: ById<Omit<Wiedervorlage, 'id'>>;
  readonly fristen?: ById<{ readonly name: string; readonly ende: Day }>;
  readonly schriftstuecke?: ById<SchriftstueckJson>;
  readonly felder?: FelderJson;
}

/** Puts what the desk says about a Vorgang into the order in which it is read. */
export function readVorgang(shown: VorgangShowShown): Vorgang {
  const json = shown.vorgang as VorgangJson;
  const set = (feld: string): Stamp => json.felder?.gesetzt?.[feld] ?? json.angelegt;
  const [conflict] = Object.keys(json.felder?.conflicts ?? {});
  const conflicts = Object.values(json.felder?.conflicts ?? {});
  return {
    id: json.id,
    betreff: json.betreff,
    einheit: json.einheit,
    status: json.status,
    statusSince: set('status'),
    zuweisung: json.zuweisung,
    akte: json.akte,
    leistung: json.leistung,
    angelegt: json.angelegt,
    notizen: list(json.notizen).sort((a, b) => b.angelegt.at - a.angelegt.at),
    wiedervorlagen: list(json.wiedervorlagen).sort(byNeed),
    fristen: list(json.fristen)
      .map((frist) => ({ ...frist, gesetzt: set(`frist/${frist.id}`) }))
      .sort((a, b) => a.ende.localeCompare(b.ende)),
    schriftstuecke: readSchriftstuecke(json.schriftstuecke),
    contested: [...new Set(conflicts.flatMap(({ contested }) => Object.keys(contested)))],
    conflict,
    waiting: shown.waiting,
    absent: new Set(shown.absent),
  };
}

/** Documents with their newest Fassung first. */
export function readSchriftstuecke(json: ById<SchriftstueckJson> | undefined): Schriftstueck[] {
  const newest = (fassungen: readonly Fassung[]): number => fassungen[0]?.angelegt.at ?? 0;
  return Object.values(json ?? {})
    .map((one) => ({
      ...one,
      fassungen: Object.values(one.fassungen).sort((a, b) => b.angelegt.at - a.angelegt.at),
    }))
    .sort((a, b) => newest(b.fassungen) - newest(a.fassungen));
}

/** The file that is looked at: the first format of the Fassung that counts. */
export function shownFormat({ fassungen, aktuell }: Schriftstueck, fassung = aktuell): Format | undefined {
  return fassungen.find(({ id }) => id === fassung)?.formate[0];
}

function list<T>(byId: ById<T> | undefined): (T & { id: string })[] {
  return Object.entries(byId ?? {}).map(([id, one]) => ({ ...one, id }));
}

function byNeed(a: Wiedervorlage, b: Wiedervorlage): number {
  const done = Number(a.erledigt !== undefined) - Number(b.erledigt !== undefined);
  return done === 0 ? a.am.localeCompare(b.am) : done;
}
