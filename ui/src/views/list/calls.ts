/** The lists of the desk, with the places of their rows. */
import { call } from '../../lib/api/call';
import type { Next } from './badge';

export interface VorgangRow {
  readonly vorgang: string;
  readonly betreff: string;
  readonly status: string;
  readonly einheit: string;
  readonly einheit_name: string | null;
  readonly zuweisung: string | null;
  readonly zuweisung_name: string | null;
  readonly akte: string | null;
  readonly aktenzeichen: string | null;
  readonly angelegt: number;
  readonly geaendert: number | null;
  readonly naechste: Next | null;
  readonly schriftstuecke: number;
  readonly contested: boolean;
  readonly waiting: boolean;
}

export interface Vorgaenge {
  readonly vorgaenge: readonly VorgangRow[];
  readonly matching: number;
  readonly mirrored: number;
  readonly known?: number | null;
}

export interface EingangRow {
  readonly eingang: string;
  readonly betreff: string;
  readonly kanal: string;
  readonly einheit: string;
  readonly einheit_name: string | null;
  readonly erfasst: { readonly at: number; readonly by: string; readonly by_name?: string | null };
  readonly schriftstuecke: number;
  readonly vorgang: string | null;
  readonly contested: boolean;
  readonly waiting: boolean;
  readonly new: boolean;
}

export interface Eingaenge {
  readonly eingaenge: readonly EingangRow[];
  readonly matching: number;
  readonly by_kanal: Readonly<Record<string, number>>;
  readonly unassigned: number;
  readonly new: number;
}

export interface WiedervorlageRow {
  readonly wiedervorlage: string;
  readonly vorgang: string;
  readonly betreff: string;
  readonly grund: string;
  readonly am: string;
  readonly einheit_name: string | null;
  readonly waiting: boolean;
}

export interface Wiedervorlagen {
  readonly wiedervorlagen: readonly WiedervorlageRow[];
  readonly matching: number;
}

export interface Counts {
  readonly eingang_open: number;
  readonly eingang_new: number;
  readonly vorgaenge: number;
  readonly wiedervorlagen_heute: number;
  readonly waiting: number;
  readonly conflicts: number;
  readonly refused: number;
}

export const vorgangList = (payload: object) => call<Vorgaenge>('vorgang.list', payload);
export const eingangList = (payload: object) => call<Eingaenge>('eingang.list', payload);
export const wiedervorlageList = (payload: object) => call<Wiedervorlagen>('wiedervorlage.list', payload);
export const counts = (payload: { today: string }) => call<Counts>('counts', payload);
