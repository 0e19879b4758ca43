// @generated from the command table. Do not edit: `cargo run -p kontor-tests --bin typescript`.

import { call } from './call';

/** An answer with the things that look different now: `vorgang/0190…`. */
export interface Answer<T> {
  answer: T;
  changed: string[];
}

/** A closed list; each code has one sentence and one way out. */
export type Code =
  | 'disk_full'
  | 'profile_in_use'
  | 'profile_unusable'
  | 'network_drive'
  | 'program_unfit'
  | 'work_damaged'
  | 'work_foreign'
  | 'work_too_new'
  | 'stored_unreadable'
  | 'mirror_damaged'
  | 'database_busy'
  | 'database_failed'
  | 'internal'
  | 'no_key_store'
  | 'key_store_locked'
  | 'key_store_failed'
  | 'key_file_missing'
  | 'key_missing'
  | 'key_damaged'
  | 'key_too_new'
  | 'passphrase_needed'
  | 'passphrase_too_short'
  | 'passphrase_wrong'
  | 'memory_short'
  | 'no_randomness'
  | 'locked'
  | 'lease_over'
  | 'pin_missing'
  | 'pin_unfit'
  | 'pin_wrong'
  | 'pin_later'
  | 'command_unknown'
  | 'payload_unfit'
  | 'not_signed_in'
  | 'unknown'
  | 'no_right'
  | 'id_taken'
  | 'closed'
  | 'still_open'
  | 'outdated'
  | 'already_assigned'
  | 'already_resolved'
  | 'choice_unfit'
  | 'change_unfit'
  | 'full'
  | 'wrong_author'
  | 'withdrawn'
  | 'refused_newer'
  | 'outbox_full'
  | 'entry_unknown'
  | 'entry_settled'
  | 'undo_impossible'
  | 'draft_too_large'
  | 'file_unreadable'
  | 'file_unfit'
  | 'file_is_folder'
  | 'file_is_link'
  | 'file_is_program'
  | 'file_empty'
  | 'file_twice'
  | 'file_known'
  | 'files_too_many'
  | 'file_name_unfit'
  | 'file_exists'
  | 'file_unwritable'
  | 'document_too_large'
  | 'document_missing'
  | 'document_damaged'
  | 'salvage_in_the_way'
  | 'unreachable'
  | 'unauthenticated'
  | 'forbidden'
  | 'zentrale_not_found'
  | 'zentrale_malformed'
  | 'zentrale_too_large'
  | 'client_too_old'
  | 'client_too_new'
  | 'intent_id_reused'
  | 'epoch_changed'
  | 'hash_mismatch'
  | 'upload_incomplete'
  | 'zentrale_busy'
  | 'zentrale_unavailable'
  | 'zentrale_internal'
  | 'garbled'
  | 'unfit'
  | 'diverged'
  | 'not_connected'
  | 'address_unfit'
  | 'address_insecure'
  | 'token_unfit'
  | 'sign_in_missing'
  | 'sign_in_refused'
  | 'sign_in_timed_out'
  | 'no_browser'
  | 'other_person'
  | 'other_zentrale';

/** Whether the Zentrale can be spoken to. */
export type ContactKind = 'beginning' | 'online' | 'offline' | 'disturbed' | 'stopped';

/** What may look different. */
export interface DeskEventEntities {
  /** These things: `vorgang/0190…`. */
  entities: string[];
  /** More than could be named: everything. */
  everything: boolean;
}

/** The status line. */
export interface Status {
  /** What is in the way. */
  code: Code | null;
  /** Whether the Zentrale can be spoken to. */
  contact: ContactKind;
  /** The same for people. */
  sentence: string;
  /** Since when it has been away, in ms since 1970 by the clock of this machine. */
  since: number | null;
  /** Entries that wait for the Zentrale. */
  waiting: number;
}

/** Something happened that no answer names. */
export type DeskEvent = {
  event: 'changed';
} & DeskEventEntities | {
  event: 'status';
} & Status;

/** What went wrong, for people and for programs. */
export interface AppError {
  /** Stable. */
  code: Code;
  /** What to do. */
  hint: string;
  /** What happened, and what it means for the work. */
  sentence: string;
}

/** A new Akte. */
export interface AkteCreateCreated {
  /** Its id. */
  akte: string;
  /** Its id. */
  entry: string;
  /** What will presumably become of it. */
  forecast: Outlook;
}

/** What the Zentrale will presumably say to an entry. */
export type Outlook = {
  outlook: 'fine';
} | {
  outlook: 'contested';
  /** For people. */
  sentence: string;
} | {
  /** Why. */
  code: Code;
  outlook: 'refused';
  /** For people. */
  sentence: string;
} | {
  outlook: 'withdrawn';
};

/** Payload of `akte.create`. */
export interface AkteCreatePayload {
  /** Where it stands in the Aktenplan. */
  aktenplaneintrag: string;
  /** The sign it is found by. */
  aktenzeichen: string;
  /** What it is about. */
  betreff: string;
  /** The unit that keeps it. */
  einheit: string;
}

/** Legt eine neue Akte an. Wer die Rolle Sachbearbeitung oder Leitung hat. */
export function akteCreate(payload: AkteCreatePayload): Promise<Answer<AkteCreateCreated>> {
  return call('akte.create', payload);
}

/** One of them. */
export interface AkteListLine {
  akte: string;
  aktenplaneintrag: string;
  aktenzeichen: string;
  betreff: string;
  contested: boolean;
  einheit: string;
  einheit_name: string;
}

/** Akten in the order of their signs. */
export interface AkteListListed {
  akten: AkteListLine[];
  /** How many there are altogether that match. */
  matching: number;
  /** How many lie on this machine altogether. */
  mirrored: number;
}

/** Payload of `akte.list`. What is left out narrows nothing down. */
export interface AkteListPayload {
  /** Only those at this place of the Aktenplan. */
  aktenplaneintrag?: string | null;
  /** Leave out this many at the beginning. */
  offset?: number;
  /** At most this many; 10,000 if left out. */
  rows_max?: number | null;
  /** Only those in which all of these words appear: in Aktenzeichen or Betreff. */
  text?: string | null;
}

/** Listet die Akten auf diesem Arbeitsplatz auf. Wer sich auf diesem Arbeitsplatz angemeldet hat. */
export function akteList(payload: AkteListPayload = {}): Promise<Answer<AkteListListed>> {
  return call('akte.list', payload);
}

/** A sign that no Akte on this machine has. */
export interface AkteNextSignProposed {
  /** Absent where the Akten here are called in a way that cannot be continued. */
  aktenzeichen: string | null;
}

/** Payload of `akte.next_sign`. */
export interface AkteNextSignPayload {
  /** Where it will stand in the Aktenplan. */
  aktenplaneintrag: string;
}

/** Schlägt ein Aktenzeichen für eine neue Akte vor. Wer sich auf diesem Arbeitsplatz angemeldet hat. */
export function akteNextSign(payload: AkteNextSignPayload): Promise<Answer<AkteNextSignProposed>> {
  return call('akte.next_sign', payload);
}

/** What it is and where it stands. */
export interface AkteShowAkteShown {
  /** The way there, from the top; empty if the place is not on this machine. */
  aktenplan: Step[];
  /** Where it stands in the Aktenplan. */
  aktenplaneintrag: string;
  aktenzeichen: string;
  /** Who opened it and when. */
  angelegt: Stamped;
  betreff: string;
  /** Fields with two Fassungen nobody has decided between. */
  contested: string[];
  /** The unit that keeps it. */
  einheit: string;
  einheit_name: string | null;
  id: string;
  /** How far its beginning has come. */
  receipt: PartReceipt;
  /** Full years it is kept after it is closed, if the Aktenplan says so. */
  retention_years: number | null;
}

/** What is due next. */
export interface Due {
  /** The day. */
  am: string;
  kind: DueKind;
  /** What for. */
  name: string;
}

/** What is due, and where. */
export interface AkteShowDueIn {
  due: Due;
  vorgang: string;
}

/** A deadline by rule, or a reminder somebody set. */
export type DueKind = 'frist' | 'wiedervorlage';

/** What can be done about an entry. */
export type EntryDeed = 'withdraw' | 'release' | 'resolve' | 'dismiss';

/** An entry with its receipt. */
export interface EntryLine {
  /** What was done, for people: „Notiz hinzugefügt“. */
  about: string;
  /** What that is called, if it can be seen here. */
  betreff: string | null;
  /** What its author can do about it. */
  deeds: EntryDeed[];
  /** What it is about. */
  entity: string;
  entry: string;
  /** Why the Zentrale has not decided it, for people. */
  held: string | null;
  /** What was wanted, as `kontor_domain::Intent` names it: `add_notiz`. */
  kind: string;
  /** Its place among all entries of this workstation. */
  number: number;
  /** What will presumably become of it, while it waits. */
  outlook: Outlook | null;
  /** The same for people. */
  receipt: string;
  /** Why the Zentrale refused it. */
  refusal: Why | null;
  /** When, by the clock of this machine, in ms since 1970. */
  saved_at: number;
  /** How far it has come. */
  state: EntryState;
  /** Their length in bytes. */
  upload_bytes: number;
  /** Documents of it that still have to go to the Zentrale. */
  uploads: number;
}

/** How far an entry has come. */
export type EntryState = 'waiting' | 'taken_back' | 'accepted' | 'contested' | 'refused';

/** What lies in it, as far as it is on this machine. */
export interface AkteShowInside {
  /** When somebody last did something in one of them, in ms since 1970. */
  geaendert: number | null;
  /** What is due next in any of them. */
  naechste: AkteShowDueIn | null;
  /** Of those, the ones that are not closed. */
  open: number;
  schriftstuecke: number;
  vorgaenge: number;
}

/** How far something has come. */
export type PartReceipt = 'here' | 'at_zentrale';

/** An Akte, own waiting entries included. Its Vorgänge are listed by `vorgang.list`. */
export interface AkteShowShown {
  akte: AkteShowAkteShown;
  /** Entries of this workstation about it that wait, the newest first. */
  entries: EntryLine[];
  inside: AkteShowInside;
  /** How many entries found their way into it. */
  revision: number;
}

/** Who did something and when. */
export interface Stamped {
  /** When, by the clock of their machine, in ms since 1970. */
  at: number;
  /** Who. */
  by: string;
  /** Their name, if they are known here. */
  by_name: string | null;
}

/** One step of the way through the Aktenplan. */
export interface Step {
  name: string;
  schluessel: string;
}

/** Why something did not happen. */
export interface Why {
  code: Code;
  hint: string;
  sentence: string;
}

/** Payload of `akte.show`. */
export interface AkteShowPayload {
  /** Which. */
  akte: string;
}

/** Zeigt eine Akte und was in ihr liegt. Wer sich auf diesem Arbeitsplatz angemeldet hat. */
export function akteShow(payload: AkteShowPayload): Promise<Answer<AkteShowShown>> {
  return call('akte.show', payload);
}

/** Akten it may belong into, the likeliest first. */
export interface AkteSuggestSuggested {
  akten: AkteSuggestSuggestion[];
}

/** One of them. */
export interface AkteSuggestSuggestion {
  akte: string;
  aktenplaneintrag: string;
  aktenzeichen: string;
  betreff: string;
  /** Why, one thing a sentence, the strongest first. */
  gruende: string[];
}

/** Payload of `akte.suggest`. */
export interface AkteSuggestPayload {
  /** For which Vorgang. */
  vorgang: string;
}

/** Schlägt Akten vor, in die ein Vorgang gehören könnte, und sagt warum. Wer sich auf diesem Arbeitsplatz angemeldet hat. */
export function akteSuggest(payload: AkteSuggestPayload): Promise<Answer<AkteSuggestSuggested>> {
  return call('akte.suggest', payload);
}

/** One of them. */
export interface AktenplanListLine {
  aktenplaneintrag: string;
  name: string;
  /** Full years the records under it are kept after they are closed. */
  retention_years: number | null;
  schluessel: string;
}

/** Entries in the order of their numbers. */
export interface AktenplanListListed {
  eintraege: AktenplanListLine[];
}

/** Listet den Aktenplan auf. Wer sich auf diesem Arbeitsplatz angemeldet hat. */
export function aktenplanList(): Promise<Answer<AktenplanListListed>> {
  return call('aktenplan.list', {});
}

/** A value that can be given freely: the choice `{"other": …}`. */
export type ConflictListConflictOther = 'betreff' | 'zuweisung' | 'wiedervorlage';

/** One of them. */
export interface ConflictListConflictShown {
  /** When that was entered, by the clock of its author's machine, in ms since 1970. */
  at: number;
  /** What that is about. */
  betreff: string;
  /** The entry that met the other version. */
  conflict: string;
  /** Where. */
  entity: string;
  fields: ConflictListFieldShown[];
}

/** One contested field. */
export interface ConflictListFieldShown {
  /** What the author of the entry had seen, for people. */
  base: string;
  /** Its name, as `conflict.resolve` wants it: `zuweisung`, `frist/0190…`. */
  feld: string;
  /** The same for people: „Zuständig“. */
  label: string;
  /** What the entry wanted; the choice `mine`. */
  mine: ConflictListSideShown;
  /** What a third value would be; none where only one of the two can be chosen. */
  other: ConflictListConflictOther | null;
  /** Which of the two is by whoever signed in here. */
  own: ConflictListWhich | null;
  /** What stood there when it reached the Zentrale; the choice `theirs`. */
  theirs: ConflictListSideShown;
}

/** All that nobody has decided yet. */
export interface ConflictListListed {
  conflicts: ConflictListConflictShown[];
}

/** One version of a field. */
export interface ConflictListSideShown {
  /** When, by the clock of their machine, in ms since 1970. */
  at: number;
  /** Who entered it. */
  by: string;
  /** Their name, if they are known here. */
  by_name: string | null;
  /** What choosing it means beyond the value, for people. */
  consequence: string | null;
  /** Whether it was entered on this machine. */
  here: boolean;
  /** The value, for people. */
  text: string;
}

/** One of the two versions. */
export type ConflictListWhich = 'mine' | 'theirs';

/** Payload of `conflict.list`. */
export interface ConflictListPayload {
  /** Only in this thing: `vorgang/0190…`. */
  entity?: string | null;
}

/** Listet auf, wo zwei Fassungen nebeneinander stehen. Wer sich auf diesem Arbeitsplatz angemeldet hat. */
export function conflictList(payload: ConflictListPayload = {}): Promise<Answer<ConflictListListed>> {
  return call('conflict.list', payload);
}

/** An entry that is „hier gespeichert“. */
export interface Saved {
  /** Its id. */
  entry: string;
  /** What will presumably become of it. */
  forecast: Outlook;
}

/** Payload of `conflict.resolve`. */
export interface ConflictResolvePayload {
  /** For each contested field `"mine"`, `"theirs"` or `{"other": …}`. */
  choices: Record<string, unknown>;
  /** The entry that met the other version. */
  conflict: string;
  /** Where the two stand: `vorgang/0190…`. */
  entity: string;
  /** Why; kept in the history. */
  grund?: string | null;
}

/** Entscheidet, welche von zwei Fassungen gilt. Wer die Rolle Poststelle, Sachbearbeitung oder Leitung hat. */
export function conflictResolve(payload: ConflictResolvePayload): Promise<Answer<Saved>> {
  return call('conflict.resolve', payload);
}

/** The numbers. */
export interface CountsCounted {
  /** Things in which two versions stand side by side. */
  conflicts: number;
  /** Of those, the ones that were not opened here yet. */
  eingang_new: number;
  /** Eingänge that are part of no Vorgang. */
  eingang_open: number;
  /** Entries that were refused and not put away yet. */
  refused: number;
  /** Open Vorgänge of whoever works here. */
  vorgaenge: number;
  /** Entries that wait for the Zentrale. */
  waiting: number;
  /** Wiedervorlagen in them that are due. */
  wiedervorlagen_heute: number;
}

/** Payload of `counts`. */
export interface CountsPayload {
  /** What is due until this day counts as due today. */
  today: string;
}

/** Zählt, was wo liegt und was wartet. Wer sich auf diesem Arbeitsplatz angemeldet hat. */
export function counts(payload: CountsPayload): Promise<Answer<CountsCounted>> {
  return call('counts', payload);
}

/** Whether there was one. */
export interface DraftDropDropped {
  dropped: boolean;
}

/** Payload of `draft.drop`. */
export interface DraftDropPayload {
  /** Which form of which thing it belongs to. */
  name: string;
}

/** Verwirft einen aufgehobenen Entwurf. Wer sich auf diesem Arbeitsplatz angemeldet hat. */
export function draftDrop(payload: DraftDropPayload): Promise<Answer<DraftDropDropped>> {
  return call('draft.drop', payload);
}

/** A draft, if there is one. */
export interface DraftGetFound {
  draft: DraftGetKept | null;
}

/** A draft. */
export interface DraftGetKept {
  /** Its content, as the form wants it. */
  body: string;
  /** When it was kept, in ms since 1970. */
  saved_at: number;
}

/** Payload of `draft.get`. */
export interface DraftGetPayload {
  /** Which form of which thing it belongs to. */
  name: string;
}

/** Holt einen aufgehobenen Entwurf. Wer sich auf diesem Arbeitsplatz angemeldet hat. */
export function draftGet(payload: DraftGetPayload): Promise<Answer<DraftGetFound>> {
  return call('draft.get', payload);
}

/** Payload of `draft.keep`. */
export interface DraftKeepPayload {
  /** Its content, as the form wants it. */
  body: string;
  /** Which form of which thing it belongs to. */
  name: string;
}

/** Hebt einen Entwurf auf diesem Rechner auf. Wer sich auf diesem Arbeitsplatz angemeldet hat. */
export function draftKeep(payload: DraftKeepPayload): Promise<Answer<null>> {
  return call('draft.keep', payload);
}

/** Payload of `eingang.assign`. */
export interface EingangAssignPayload {
  /** Which. */
  eingang: string;
  /** Into which Vorgang. */
  vorgang: string;
}

/** Ordnet einen Eingang einem Vorgang zu. Wer die Rolle Sachbearbeitung oder Leitung hat. */
export function eingangAssign(payload: EingangAssignPayload): Promise<Answer<Saved>> {
  return call('eingang.assign', payload);
}

/** A Vorgang made of an Eingang. */
export interface EingangCreateVorgangCreated {
  /** The entries that made it, in their order; taken back in the opposite one. */
  entries: string[];
  /** The Vorgang's id. */
  vorgang: string;
}

/** Payload of `eingang.create_vorgang`. */
export interface EingangCreateVorgangPayload {
  /** What the Vorgang is about; what the Eingang is about if left out. */
  betreff?: string | null;
  /** Of which. */
  eingang: string;
  /** Number of the public service. */
  leistung?: string | null;
  /** Whether whoever works here takes it. */
  take?: boolean;
}

/** Legt aus einem Eingang mit seinen Schriftstücken einen Vorgang an. Wer die Rolle Sachbearbeitung oder Leitung hat. */
export function eingangCreateVorgang(payload: EingangCreateVorgangPayload): Promise<Answer<EingangCreateVorgangCreated>> {
  return call('eingang.create_vorgang', payload);
}

/** Payload of `eingang.forward`. */
export interface EingangForwardPayload {
  /** Which. */
  eingang: string;
  /** The unit in whose inbox it goes. */
  einheit: string;
  /** Why; kept in the history. */
  grund?: string | null;
  /** What was shown before; what stands there now if left out. */
  seen?: string | null;
}

/** Leitet einen Eingang an eine andere Organisationseinheit weiter. Wer die Rolle Poststelle, Sachbearbeitung oder Leitung hat. */
export function eingangForward(payload: EingangForwardPayload): Promise<Answer<Saved>> {
  return call('eingang.forward', payload);
}

/** One of them. */
export interface EingangListLine {
  betreff: string;
  /** Two versions stand side by side in it. */
  contested: boolean;
  eingang: string;
  einheit: string;
  einheit_name: string;
  erfasst: EingangListRecorded;
  kanal: string;
  /** It lies in the inbox and was not opened here yet. */
  new: boolean;
  /** How many documents came with it. */
  schriftstuecke: number;
  /** The Vorgang it became part of. */
  vorgang: string | null;
  /** Something about it waits for the Zentrale. */
  waiting: boolean;
}

/** Eingänge, the newest first unless asked otherwise. */
export interface EingangListListed {
  /** Of all in the inbox, how many came which way. */
  by_kanal: Record<string, number>;
  eingaenge: EingangListLine[];
  /** How many there are altogether that match. */
  matching: number;
  /** How many lie on this machine altogether. */
  mirrored: number;
  /** How many of those were not opened here yet. */
  new: number;
  /** How many lie in the inbox and are part of no Vorgang. */
  unassigned: number;
}

/** Who recorded it and when. */
export interface EingangListRecorded {
  /** In ms since 1970. */
  at: number;
  by: string;
  by_name: string;
}

/** By what a list of Eingänge can be sorted. */
export type EingangListSort = 'betreff' | 'kanal' | 'einheit' | 'erfasst';

/** Payload of `eingang.list`. What is left out narrows nothing down. */
export interface EingangListPayload {
  /** Also those that are part of a Vorgang already. */
  assigned_too?: boolean;
  /** The other way round. */
  descending?: boolean;
  /** Only those in the inbox of this unit. */
  einheit?: string | null;
  /** Only those that came this way: `portal`, `papier`, `email`, `datei`. */
  kanal?: string | null;
  /** Only those that were not opened here yet. */
  new_only?: boolean;
  /** Leave out this many at the beginning. */
  offset?: number;
  /** At most this many; 500 if left out. */
  rows_max?: number | null;
  /** By what to sort; by when it was recorded, the newest first, if left out. */
  sort?: EingangListSort;
  /** Only those in which all of these words appear: in Betreff or name of the unit. */
  text?: string | null;
  /** Only those that are part of no Vorgang yet; the same as leaving `assigned_too` out. */
  unassigned_only?: boolean;
}

/** Listet auf, was eingegangen ist. Wer sich auf diesem Arbeitsplatz angemeldet hat. */
export function eingangList(payload: EingangListPayload = {}): Promise<Answer<EingangListListed>> {
  return call('eingang.list', payload);
}

/** How it came. */
export type EingangRecordChannel = 'portal' | 'papier' | 'email' | 'datei';

/** A new Eingang. */
export interface EingangRecordRecorded {
  /** Its id. */
  eingang: string;
  /** Its id. */
  entry: string;
  /** What will presumably become of it. */
  forecast: Outlook;
}

/** Payload of `eingang.record`. */
export interface EingangRecordPayload {
  /** What it is about. */
  betreff: string;
  /** The unit in whose inbox it goes. */
  einheit: string;
  /** How it came. */
  kanal: EingangRecordChannel;
  /** Files on this machine that belong to it; each becomes a Schriftstueck. */
  paths?: string[];
}

/** Erfasst einen Eingang mit seinen Dateien. Wer die Rolle Poststelle, Sachbearbeitung oder Leitung hat. */
export function eingangRecord(payload: EingangRecordPayload): Promise<Answer<EingangRecordRecorded>> {
  return call('eingang.record', payload);
}

/** Payload of `eingang.see`. */
export interface EingangSeePayload {
  /** Which. */
  eingang: string;
}

/** Merkt sich auf diesem Rechner, dass ein Eingang angesehen wurde. Wer sich auf diesem Arbeitsplatz angemeldet hat. */
export function eingangSee(payload: EingangSeePayload): Promise<Answer<null>> {
  return call('eingang.see', payload);
}

/** What arrived. */
export interface EingangShowEingangShown {
  /** What it is about. */
  betreff: string;
  /** Fields with two Fassungen nobody has decided between. */
  contested: string[];
  /** The unit in whose inbox it lies. */
  einheit: string;
  einheit_name: string | null;
  /** Who recorded it and when. */
  erfasst: Stamped;
  id: string;
  /** How it came. */
  kanal: KanalWord;
  receipt: PartReceipt;
  /** The newest first. */
  schriftstuecke: SchriftstueckShown[];
  /** The Vorgang it became part of. */
  vorgang: EingangShowVorgangBeside | null;
}

/** One Fassung of it. */
export interface FassungShown {
  /** Who entered it and when. */
  angelegt: Stamped;
  /** The same content as several files, the original first. */
  formate: FormatShown[];
  id: string;
  receipt: PartReceipt;
}

/** One file. */
export interface FormatShown {
  /** SHA-256 of its bytes. */
  hash: string;
  /** Whether its bytes are on this machine. */
  here: boolean;
  /** For example `application/pdf`. */
  medientyp: string;
  /** What it was called outside; never a path. */
  name: string;
  size_bytes: number;
}

/** On which way something came. */
export type KanalWord = 'portal' | 'papier' | 'email' | 'datei';

/** A Schriftstueck. */
export interface SchriftstueckShown {
  /** The Fassung that counts. */
  aktuell: string;
  /** What it is. */
  betreff: string;
  /** The newest first. */
  fassungen: FassungShown[];
  id: string;
  receipt: PartReceipt;
}

/** An Eingang, own waiting entries included. */
export interface EingangShowShown {
  /** Documents of it whose bytes are not on this machine yet. */
  absent: string[];
  eingang: EingangShowEingangShown;
  /** Entries of this workstation about it that wait, the newest first. */
  entries: EntryLine[];
  /** How many entries found their way into it. */
  revision: number;
  /** Entries about it that wait for the Zentrale. */
  waiting: number;
}

/** The Vorgang something went into. */
export interface EingangShowVorgangBeside {
  /** Absent if the Vorgang is not on this machine. */
  betreff: string | null;
  id: string;
  /** How far putting it there has come. */
  receipt: PartReceipt;
}

/** Payload of `eingang.show`. */
export interface EingangShowPayload {
  /** Which. */
  eingang: string;
}

/** Zeigt einen Eingang mit seinen Schriftstücken. Wer sich auf diesem Arbeitsplatz angemeldet hat. */
export function eingangShow(payload: EingangShowPayload): Promise<Answer<EingangShowShown>> {
  return call('eingang.show', payload);
}

/** One of them. */
export interface EinheitListLine {
  einheit: string;
  name: string;
  uebergeordnet: string | null;
}

/** Units in the order of their names. */
export interface EinheitListListed {
  einheiten: EinheitListLine[];
}

/** Listet die Organisationseinheiten auf. Wer sich auf diesem Arbeitsplatz angemeldet hat. */
export function einheitList(): Promise<Answer<EinheitListListed>> {
  return call('einheit.list', {});
}

/** Payload of `entry.dismiss`. */
export interface EntryDismissPayload {
  /** Which. */
  entry: string;
}

/** Räumt einen Eintrag weg, den die Zentrale nicht übernommen hat; gespeichert bleibt er. Wer sich auf diesem Arbeitsplatz angemeldet hat. */
export function entryDismiss(payload: EntryDismissPayload): Promise<Answer<null>> {
  return call('entry.dismiss', payload);
}

/** Entries of this workstation, the newest first. */
export interface EntryListListed {
  /** How many of them met another version that nobody has decided about. */
  contested: number;
  entries: EntryLine[];
  /** How many were refused and not put away yet. */
  refused: number;
  /** How many documents still have to go to the Zentrale, and their length in bytes. */
  uploads: EntryListUploads;
  /** How many wait for the Zentrale. */
  waiting: number;
}

/** Documents on their way. */
export interface EntryListUploads {
  documents: number;
  size_bytes: number;
}

/** Payload of `entry.list`. */
export interface EntryListPayload {
  /** Only those before this number; continues a list. */
  before?: number | null;
  /**
   * Only what is still open („Was noch wartet“): waiting ones, refused ones nobody has put away,
   * and those where two versions stand side by side. Not continued by `before`.
   */
  open_only?: boolean;
  /** At most this many; 100 if left out. */
  rows_max?: number | null;
}

/** Listet die Einträge dieses Arbeitsplatzes mit ihrem Beleg auf. Wer sich auf diesem Arbeitsplatz angemeldet hat. */
export function entryList(payload: EntryListPayload = {}): Promise<Answer<EntryListListed>> {
  return call('entry.list', payload);
}

/** Payload of `entry.release`. */
export interface EntryReleasePayload {
  /** Which. */
  entry: string;
}

/** Gibt einen Eintrag frei, der auf einen nicht übernommenen wartet; die Zentrale entscheidet. Wer sich auf diesem Arbeitsplatz angemeldet hat. */
export function entryRelease(payload: EntryReleasePayload): Promise<Answer<null>> {
  return call('entry.release', payload);
}

/** A piece of it. */
export interface EntryShowEntryPiece {
  /** What it is: „Notiz“. */
  label: string;
  /** What was written. */
  text: string;
}

/** An entry, readable also where the thing it is about is not here any more. */
export interface EntryShowEntryShown {
  /** What was written. */
  content: EntryShowEntryPiece[];
  /** Whether the thing it is about lies on this machine. */
  here: boolean;
  line: EntryLine;
}

/** Payload of `entry.show`. */
export interface EntryShowPayload {
  /** Which. */
  entry: string;
}

/** Zeigt einen Eintrag dieses Arbeitsplatzes mit allem, was darin steht. Wer sich auf diesem Arbeitsplatz angemeldet hat. */
export function entryShow(payload: EntryShowPayload): Promise<Answer<EntryShowEntryShown>> {
  return call('entry.show', payload);
}

/** What was done about it. */
export interface EntryUndoUndone {
  /** What is undone now: „Notiz hinzugefügt“. */
  about: string;
  /** The entry. */
  entry: string;
  /** How. */
  way: EntryUndoWay;
}

/** How an entry was undone. */
export type EntryUndoWay = 'withdrawn' | 'set_back';

/** Payload of `entry.undo`. */
export interface EntryUndoPayload {
  /** Which; the last one of this workstation if left out. */
  entry?: string | null;
}

/** Macht den letzten Eintrag rückgängig, soweit das geht. Wer sich auf diesem Arbeitsplatz angemeldet hat. */
export function entryUndo(payload: EntryUndoPayload = {}): Promise<Answer<EntryUndoUndone>> {
  return call('entry.undo', payload);
}

/** Payload of `entry.withdraw`. */
export interface EntryWithdrawPayload {
  /** Which. */
  entry: string;
}

/** Nimmt einen Eintrag zurück, der noch auf die Zentrale wartet. Wer sich auf diesem Arbeitsplatz angemeldet hat. */
export function entryWithdraw(payload: EntryWithdrawPayload): Promise<Answer<null>> {
  return call('entry.withdraw', payload);
}

/** How a Frist begins. */
export type Art = 'ereignis' | 'tagesbeginn' | 'aufgabe';

/** The end of a Frist. */
export interface FristReckonReckoned {
  /** Its last day. */
  ende: string;
  /** How it came about, one step a sentence. */
  sentences: string[];
}

/** From what a Frist is reckoned. */
export interface FristReckonRule {
  /** How many. */
  anzahl: number;
  /** What happens on that day. */
  art: Art;
  /** The day it begins with. */
  beginn: string;
  /** Of what. */
  einheit: Zeiteinheit;
  /** It ends on its day, whatever day that is. */
  fest?: boolean;
  /** Times that do not count. */
  hemmungen?: Zeitraum[];
  /** The rule it follows, for example „§ 42a Abs. 2 `VwVfG`“. */
  rechtsgrundlage?: string | null;
}

/** What a Frist is counted in. */
export type Zeiteinheit = 'tage' | 'arbeitstage' | 'wochen' | 'monate' | 'jahre';

/** A time, first and last day included. */
export interface Zeitraum {
  bis: string;
  von: string;
}

/** Payload of `frist.reckon`. */
export interface FristReckonPayload {
  /** From what. */
  rechnung: FristReckonRule;
  /** Of what; its unit says whose public holidays count. */
  vorgang: string;
}

/** Berechnet das Ende einer Frist und sagt, wie es zustande kommt. Wer sich auf diesem Arbeitsplatz angemeldet hat. */
export function fristReckon(payload: FristReckonPayload): Promise<Answer<FristReckonReckoned>> {
  return call('frist.reckon', payload);
}

/** Payload of `frist.remove`. */
export interface FristRemovePayload {
  /** Which. */
  frist: string;
  /** Why; kept in the history. */
  grund?: string | null;
  /** Of what. */
  vorgang: string;
}

/** Nimmt eine Frist weg. Wer die Rolle Sachbearbeitung oder Leitung hat. */
export function fristRemove(payload: FristRemovePayload): Promise<Answer<Saved>> {
  return call('frist.remove', payload);
}

/** A new Frist, or the one that was changed. */
export interface FristSetAdded {
  /** Its id. */
  entry: string;
  /** What will presumably become of it. */
  forecast: Outlook;
  /** Its id. */
  frist: string;
}

/** From what a Frist is reckoned. */
export interface FristSetRule {
  /** How many. */
  anzahl: number;
  /** What happens on that day. */
  art: Art;
  /** The day it begins with. */
  beginn: string;
  /** Of what. */
  einheit: Zeiteinheit;
  /** It ends on its day, whatever day that is. */
  fest?: boolean;
  /** Times that do not count. */
  hemmungen?: Zeitraum[];
  /** The rule it follows, for example „§ 42a Abs. 2 `VwVfG`“. */
  rechtsgrundlage?: string | null;
}

/** Payload of `frist.set`. */
export interface FristSetPayload {
  /** Its last day, if somebody names it. Either this or `rechnung`. */
  ende?: string | null;
  /** Which; a new one if left out. */
  frist?: string | null;
  /** What it is for. */
  name: string;
  /** From what it is reckoned. */
  rechnung?: FristSetRule | null;
  /** Of what. */
  vorgang: string;
}

/** Setzt eine Frist oder ändert sie. Wer die Rolle Sachbearbeitung oder Leitung hat. */
export function fristSet(payload: FristSetPayload): Promise<Answer<FristSetAdded>> {
  return call('frist.set', payload);
}

/** Payload of `notice.dismiss`. */
export interface NoticeDismissPayload {
  /** Which, by its number. */
  notice: number;
}

/** Räumt einen Hinweis weg, der gelesen ist. Wer sich auf diesem Arbeitsplatz angemeldet hat. */
export function noticeDismiss(payload: NoticeDismissPayload): Promise<Answer<null>> {
  return call('notice.dismiss', payload);
}

/** Everything nobody has put away, the newest first. */
export interface NoticeListListed {
  notices: NoticeListNoticeShown[];
}

/** What happened. */
export type NoticeListNoticeKind =
  | 'right_lost'
  | 'thing_left'
  | 'zentrale_set_back'
  | 'mirror_rebuilt'
  | 'taken_back_too_late';

/** One of them. */
export interface NoticeListNoticeShown {
  /** When, by the clock of this machine, in ms since 1970. */
  at: number;
  /** The unit or thing it is about, if it is about one: `vorgang/0190…`. */
  entity: string | null;
  /** What can be done. */
  hint: string;
  /** What happened. */
  kind: NoticeListNoticeKind;
  /** Its number, for `notice.dismiss`. */
  notice: number;
  /** What it means for the work. */
  sentence: string;
  /** What happened, in a few words. */
  title: string;
}

/** Listet auf, was mit diesem Arbeitsplatz geschehen ist und noch nicht gelesen wurde. Wer sich auf diesem Arbeitsplatz angemeldet hat. */
export function noticeList(): Promise<Answer<NoticeListListed>> {
  return call('notice.list', {});
}

/** A new Notiz. */
export interface NotizAddAdded {
  /** Its id. */
  entry: string;
  /** What will presumably become of it. */
  forecast: Outlook;
  /** Its id. */
  notiz: string;
}

/** Payload of `notiz.add`. */
export interface NotizAddPayload {
  /** What it says. */
  text: string;
  /** To what. */
  vorgang: string;
}

/** Hält eine Notiz zu einem Vorgang fest. Wer die Rolle Sachbearbeitung oder Leitung hat. */
export function notizAdd(payload: NotizAddPayload): Promise<Answer<NotizAddAdded>> {
  return call('notiz.add', payload);
}

/** One of them. */
export interface PersonListLine {
  /** Whether they still work here. */
  aktiv: boolean;
  einheiten: string[];
  name: string;
  person: string;
  rollen: string[];
}

/** People in the order of their names. */
export interface PersonListListed {
  personen: PersonListLine[];
}

/** Listet die Personen der Behörde auf. Wer sich auf diesem Arbeitsplatz angemeldet hat. */
export function personList(): Promise<Answer<PersonListListed>> {
  return call('person.list', {});
}

/** Whether that changed anything. */
export interface PinAddDone {
  pinned: boolean;
}

/** Payload of `pin.add`. */
export interface PinAddPayload {
  /** What: `vorgang/0190…`. */
  entity: string;
}

/** Holt etwas dauerhaft auf diesen Arbeitsplatz. Wer sich auf diesem Arbeitsplatz angemeldet hat. */
export function pinAdd(payload: PinAddPayload): Promise<Answer<PinAddDone>> {
  return call('pin.add', payload);
}

/** One of them. */
export interface PinListLine {
  entity: string;
  /** Whether it has been fetched. */
  here: boolean;
}

/** Everything pinned. */
export interface PinListListed {
  pins: PinListLine[];
}

/** Listet auf, was dauerhaft auf diesem Arbeitsplatz liegt. Wer sich auf diesem Arbeitsplatz angemeldet hat. */
export function pinList(): Promise<Answer<PinListListed>> {
  return call('pin.list', {});
}

/** Whether that changed anything. */
export interface PinRemoveDone {
  removed: boolean;
}

/** Payload of `pin.remove`. */
export interface PinRemovePayload {
  /** What: `vorgang/0190…`. */
  entity: string;
}

/** Gibt etwas wieder frei, das dauerhaft hier lag. Wer sich auf diesem Arbeitsplatz angemeldet hat. */
export function pinRemove(payload: PinRemovePayload): Promise<Answer<PinRemoveDone>> {
  return call('pin.remove', payload);
}

/** A new Schriftstueck. */
export interface SchriftstueckAddAdded {
  /** Its id. */
  entry: string;
  /** What will presumably become of it. */
  forecast: Outlook;
  /** SHA-256 over its bytes. */
  hashes: string[];
  /** Its id. */
  schriftstueck: string;
}

/** Payload of `schriftstueck.add`. */
export interface SchriftstueckAddPayload {
  /** What it is; the name of the file if left out. */
  betreff?: string | null;
  /** A file on this machine. */
  path: string;
  /** Into which Vorgang. */
  vorgang: string;
}

/** Nimmt eine Datei als Schriftstück in einen Vorgang auf. Wer die Rolle Sachbearbeitung oder Leitung hat. */
export function schriftstueckAdd(payload: SchriftstueckAddPayload): Promise<Answer<SchriftstueckAddAdded>> {
  return call('schriftstueck.add', payload);
}

/** A new Schriftstueck. */
export interface SchriftstueckAddAllAdded {
  /** Its id. */
  entry: string;
  /** What will presumably become of it. */
  forecast: Outlook;
  schriftstueck: string;
}

/** One of them. */
export interface SchriftstueckAddAllChosen {
  /** What it is; the name of the file if left out. */
  betreff?: string | null;
  path: string;
}

/** Why a file is not taken in. */
export interface FileProblem {
  code: Code;
  /** What to do. */
  hint: string;
  /** For people. */
  sentence: string;
}

/** A file that kept all from being taken in. */
export interface SchriftstueckAddAllRefused {
  /** What it is called, safe to be shown. */
  name: string;
  path: string;
  problem: FileProblem;
}

/** What became of them: either all are in `added`, or nothing was taken in and `refused` says why. */
export interface SchriftstueckAddAllTaken {
  added: SchriftstueckAddAllAdded[];
  refused: SchriftstueckAddAllRefused[];
}

/** Payload of `schriftstueck.add_all`. */
export interface SchriftstueckAddAllPayload {
  /** Files on this machine. */
  files: SchriftstueckAddAllChosen[];
  /** Into which Vorgang. */
  vorgang: string;
}

/** Nimmt mehrere Dateien als Schriftstücke auf, alle oder keine. Wer die Rolle Sachbearbeitung oder Leitung hat. */
export function schriftstueckAddAll(payload: SchriftstueckAddAllPayload): Promise<Answer<SchriftstueckAddAllTaken>> {
  return call('schriftstueck.add_all', payload);
}

/** A new Fassung. */
export interface SchriftstueckAddFassungAdded {
  /** Its id. */
  entry: string;
  /** Its id. */
  fassung: string;
  /** What will presumably become of it. */
  forecast: Outlook;
}

/** Payload of `schriftstueck.add_fassung`. */
export interface SchriftstueckAddFassungPayload {
  /** The Fassung it was made from; the one that counts now if left out. */
  from?: string | null;
  /** A file on this machine. */
  path: string;
  /** Of what. */
  schriftstueck: string;
  /** In which Vorgang. */
  vorgang: string;
}

/** Nimmt eine Datei als neue Fassung eines Schriftstücks auf. Wer die Rolle Sachbearbeitung oder Leitung hat. */
export function schriftstueckAddFassung(payload: SchriftstueckAddFassungPayload): Promise<Answer<SchriftstueckAddFassungAdded>> {
  return call('schriftstueck.add_fassung', payload);
}

/** What was written. */
export interface SchriftstueckExportExported {
  medientyp: string;
  /** What the file was called when it came in. */
  name: string;
  size_bytes: number;
}

/** Payload of `schriftstueck.export`. */
export interface SchriftstueckExportPayload {
  /** or in which Eingang. */
  eingang?: string | null;
  /** Which Fassung; the one that counts now if left out. */
  fassung?: string | null;
  /** Which of its formats; the original if left out. */
  format?: number;
  /** The file to be made. There must be none of this name. */
  path: string;
  /** What. */
  schriftstueck: string;
  /** In which Vorgang; */
  vorgang?: string | null;
}

/** Speichert ein Schriftstück als Datei, ohne etwas zu überschreiben. Wer sich auf diesem Arbeitsplatz angemeldet hat. */
export function schriftstueckExport(payload: SchriftstueckExportPayload): Promise<Answer<SchriftstueckExportExported>> {
  return call('schriftstueck.export', payload);
}

/** One of them. */
export interface SchriftstueckLookPreview {
  /** What the Schriftstueck would be about. */
  betreff: string | null;
  /** For example `application/pdf`; its bytes say so. */
  medientyp: string | null;
  /** What it is called, safe to be shown. */
  name: string;
  path: string;
  /** Why it cannot be taken in. */
  problem: FileProblem | null;
  size_bytes: number | null;
}

/** The files in the order they were named. */
export interface SchriftstueckLookSeen {
  files: SchriftstueckLookPreview[];
}

/** Payload of `schriftstueck.look`. */
export interface SchriftstueckLookPayload {
  /** Files on this machine. */
  paths: string[];
  /** Where they would go. */
  vorgang: string;
}

/** Sagt, welche Dateien aufgenommen werden können und welche nicht. Wer die Rolle Sachbearbeitung oder Leitung hat. */
export function schriftstueckLook(payload: SchriftstueckLookPayload): Promise<Answer<SchriftstueckLookSeen>> {
  return call('schriftstueck.look', payload);
}

/** Payload of `schriftstueck.rename`. */
export interface SchriftstueckRenamePayload {
  /** What it is. The names of its files stay as they came. */
  betreff: string;
  /** Which. */
  schriftstueck: string;
  /** What was shown before; what stands there now if left out. */
  seen?: string | null;
  /** In which Vorgang. */
  vorgang: string;
}

/** Gibt einem Schriftstück einen anderen Namen. Wer die Rolle Sachbearbeitung oder Leitung hat. */
export function schriftstueckRename(payload: SchriftstueckRenamePayload): Promise<Answer<Saved>> {
  return call('schriftstueck.rename', payload);
}

/** Sperrt den Arbeitsplatz, bis jemand ihn mit der PIN entsperrt. Wer sich auf diesem Arbeitsplatz angemeldet hat. */
export function sessionLock(): Promise<Answer<null>> {
  return call('session.lock', {});
}

/** Payload of `session.set_pin`. Never printed. */
export interface SessionSetPinPayload {
  /** The new one. */
  new: string;
  /** The PIN until now; left out if there is none, or after signing in anew. */
  old?: string | null;
}

/** Legt die PIN fest, mit der dieser Arbeitsplatz entsperrt wird. Wer sich auf diesem Arbeitsplatz angemeldet hat. */
export function sessionSetPin(payload: SessionSetPinPayload): Promise<Answer<null>> {
  return call('session.set_pin', payload);
}

/** Payload of `session.set_rules`. */
export interface SessionSetRulesPayload {
  /** Minutes without anybody doing something, 1 to 240. */
  idle_minutes: number;
  /** Days without contact with the Zentrale, 1 to 90; as before if left out. */
  lease_days?: number | null;
}

/** Legt fest, wann sich dieser Arbeitsplatz von selbst sperrt. Wer sich auf diesem Arbeitsplatz angemeldet hat. */
export function sessionSetRules(payload: SessionSetRulesPayload): Promise<Answer<null>> {
  return call('session.set_rules', payload);
}

/** How it stands with the lock. */
export interface SessionStateSession {
  /** After so many minutes without anybody doing something it locks itself. */
  idle_minutes: number;
  /** So many days it may be without contact with the Zentrale. */
  lease_days: number;
  /** When that ends, in ms since 1970; none before the first contact. */
  lease_ends: number | null;
  /** Whether it has ended: only signing in at the Zentrale opens it again. */
  lease_over: boolean;
  /** Whether nothing may be shown until somebody enters the PIN. */
  locked: boolean;
  /** Whether a PIN has been chosen; without one the desk cannot be locked. */
  pin_set: boolean;
  /** Until the PIN may be tried again, in ms. */
  wait_ms: number;
}

/** Sagt, ob dieser Arbeitsplatz gesperrt ist. Jeder, auch vor der Anmeldung. */
export function sessionState(): Promise<Answer<SessionStateSession>> {
  return call('session.state', {});
}

/** Payload of `session.unlock`. Never printed. */
export interface SessionUnlockPayload {
  /** The PIN. */
  pin: string;
}

/** Entsperrt den Arbeitsplatz mit der PIN. Wer sich auf diesem Arbeitsplatz angemeldet hat. */
export function sessionUnlock(payload: SessionUnlockPayload): Promise<Answer<null>> {
  return call('session.unlock', payload);
}

/** How far the index is. */
export interface Progress {
  /** All that are to be found. */
  all: number;
  /** Things and documents that can be found. */
  done: number;
}

/** Where this workstation stands. */
export interface StatusStanding {
  /** Whether everything in reach has been fetched and agreed with the Zentrale. */
  checked: boolean;
  /** Whether the Zentrale can be spoken to, as last seen. */
  contact: Status;
  /** Eingänge on this machine. */
  eingaenge: number;
  /** How far everything can be found; none when all of it can. */
  indexing: Progress | null;
  /** When the Zentrale was last spoken to, in ms since 1970 by the clock of this machine. */
  last_contact: number | null;
  /** Their authority. */
  mandant: unknown;
  /** Their name, once it has been heard. */
  name: string | null;
  /** What happened to this desk and nobody has read yet: `notice.list`. */
  notices: number;
  /** Whoever signed in here. */
  person: string | null;
  /** Whether the copy of the Zentrale's data had to be begun anew. */
  rebuilt: boolean;
  /** What they may do, as last heard. */
  rollen: string[];
  /** Where the work is, for people. */
  sentence: string;
  /** Vorgänge on this machine. */
  vorgaenge: number;
  /** Entries that wait for the Zentrale. */
  waiting: number;
  /** Address of the Zentrale. */
  zentrale: string | null;
}

/** Sagt, wie weit dieser Arbeitsplatz mit der Zentrale abgeglichen ist. Jeder, auch vor der Anmeldung. */
export function status(): Promise<Answer<StatusStanding>> {
  return call('status', {});
}

/** What was found, the best first. */
export interface SucheFindFound {
  /**
   * Whether every word of everything on this machine is found: all of it is in the index, and
   * every document is here and could be read.
   */
  complete: boolean;
  hits: SucheFindHit[];
  /** How far the index is; none when it has everything. */
  indexing: Progress | null;
  /** How many there are altogether. */
  matching: number;
  /** How many Vorgänge lie on this machine altogether. */
  mirrored: number;
}

/** One thing found. */
export interface SucheFindHit {
  aktenzeichen: string | null;
  /** What it is called, in pieces. */
  betreff: SucheFindPieceShown[];
  einheit_name: string;
  /** What is to be opened: the thing itself, or the one the document lies in. */
  entity: string;
  /** When it last changed, in ms since 1970. */
  geaendert: number;
  /** SHA-256 of its file. */
  hash: string | null;
  kind: SucheFindHitKind;
  /** The page of the snippet, from 1. */
  page: number | null;
  /** The Schriftstueck, if it is one. */
  schriftstueck: string | null;
  /** Why it was found, in pieces; empty where there is no text. */
  snippet: SucheFindPieceShown[];
  /** How far a Vorgang is. */
  status: VorgangStatus | null;
  /** What the thing is called in which a document lies. */
  within: string | null;
  zuweisung_name: string | null;
}

/** What a hit is. */
export type SucheFindHitKind = 'vorgang' | 'eingang' | 'akte' | 'schriftstueck';

/** Part of a text; put together they are the text. */
export interface SucheFindPieceShown {
  /** Whether this was asked for. */
  hit: boolean;
  text: string;
}

/** How far a Vorgang is. */
export type VorgangStatus = 'offen' | 'in_bearbeitung' | 'wartet' | 'zd_a';

/** Payload of `suche.find`. */
export interface SucheFindPayload {
  /** Only what belongs to this unit. */
  einheit?: string | null;
  /** Only these kinds; all if left out. */
  kinds?: SucheFindHitKind[];
  /** Leave out this many at the beginning. */
  offset?: number;
  /** Words that must all be there, the last one perhaps unfinished; `"eine Wendung"`, `-ohne`. */
  q: string;
  /** At most this many; 20 if left out, 200 at most. */
  rows_max?: number | null;
}

/** Findet alles auf diesem Gerät, worin die gesuchten Wörter stehen. Wer sich auf diesem Arbeitsplatz angemeldet hat. */
export function sucheFind(payload: SucheFindPayload): Promise<Answer<SucheFindFound>> {
  return call('suche.find', payload);
}

/** Payload of `vorgang.assign`. */
export interface VorgangAssignPayload {
  /** Why; kept in the history. */
  grund?: string | null;
  /** To whom; nobody if left out. */
  person?: string | null;
  /** What was shown before; what stands there now if left out. */
  seen?: string | null;
  /** Which. */
  vorgang: string;
}

/** Weist einen Vorgang einer Person zu oder nimmt die Zuweisung weg. Wer die Rolle Sachbearbeitung oder Leitung hat. */
export function vorgangAssign(payload: VorgangAssignPayload): Promise<Answer<Saved>> {
  return call('vorgang.assign', payload);
}

/** Payload of `vorgang.change`. */
export interface VorgangChangePayload {
  /** What it is about; as it was if left out. */
  betreff?: string | null;
  /** Number of the public service; as it was if left out. */
  leistung?: string | null;
  /** What was shown before; what stands there now if left out. */
  seen_betreff?: string | null;
  /** What was shown before; what stands there now if left out. */
  seen_leistung?: string | null;
  /** Which. */
  vorgang: string;
}

/** Ändert Betreff oder Leistung eines Vorgangs. Wer die Rolle Sachbearbeitung oder Leitung hat. */
export function vorgangChange(payload: VorgangChangePayload): Promise<Answer<Saved>> {
  return call('vorgang.change', payload);
}

/** Payload of `vorgang.close`. */
export interface VorgangClosePayload {
  /** Why; kept in the history. */
  grund?: string | null;
  /** What was shown before; what stands there now if left out. */
  seen?: VorgangStatus | null;
  /** Which. */
  vorgang: string;
}

/** Legt einen Vorgang zu den Akten (z.d.A.), wenn nichts es verhindert. Wer die Rolle Sachbearbeitung oder Leitung hat. */
export function vorgangClose(payload: VorgangClosePayload): Promise<Answer<Saved>> {
  return call('vorgang.close', payload);
}

/** What is open. */
export type VorgangClosingAbout = {
  kind: 'closed';
} | {
  kind: 'contested';
} | {
  entry: string;
  kind: 'stuck';
} | {
  entry: string;
  kind: 'refused';
} | {
  kind: 'awaiting';
} | {
  frist: string;
  kind: 'frist';
} | {
  kind: 'wiedervorlage';
  wiedervorlage: string;
} | {
  kind: 'unfiled';
} | {
  kind: 'draft';
} | {
  kind: 'absent';
} | {
  kind: 'unsent';
} | {
  kind: 'waiting';
};

/** What is still open, what prevents it first. */
export interface VorgangClosingLooked {
  points: VorgangClosingPoint[];
}

/** One thing that is open. */
export interface VorgangClosingPoint {
  /** What it is about, so that something can be done about it at once. */
  about: VorgangClosingAbout;
  /** For people. */
  sentence: string;
  /** What it means for closing. */
  weight: VorgangClosingWeight;
}

/** What an open thing means for closing. */
export type VorgangClosingWeight = 'prevents' | 'warns' | 'tells';

/** Payload of `vorgang.closing`. */
export interface VorgangClosingPayload {
  /** Which. */
  vorgang: string;
}

/** Sagt, was in einem Vorgang noch offen ist, bevor er geschlossen wird. Wer sich auf diesem Arbeitsplatz angemeldet hat. */
export function vorgangClosing(payload: VorgangClosingPayload): Promise<Answer<VorgangClosingLooked>> {
  return call('vorgang.closing', payload);
}

/** A new Vorgang. */
export interface VorgangCreateCreated {
  /** Its id. */
  entry: string;
  /** What will presumably become of it. */
  forecast: Outlook;
  /** Its id. */
  vorgang: string;
}

/** Payload of `vorgang.create`. */
export interface VorgangCreatePayload {
  /** What it is about. */
  betreff: string;
  /** The unit responsible. */
  einheit: string;
  /** Number of the public service. */
  leistung?: string | null;
}

/** Legt einen neuen Vorgang an. Wer die Rolle Sachbearbeitung oder Leitung hat. */
export function vorgangCreate(payload: VorgangCreatePayload): Promise<Answer<VorgangCreateCreated>> {
  return call('vorgang.create', payload);
}

/** Payload of `vorgang.file`. */
export interface VorgangFilePayload {
  /** Into which Akte; taken out of its Akte if left out. */
  akte?: string | null;
  /** What was shown before; what stands there now if left out. */
  seen?: string | null;
  /** Which. */
  vorgang: string;
}

/** Ordnet einen Vorgang einer Akte zu. Wer die Rolle Sachbearbeitung oder Leitung hat. */
export function vorgangFile(payload: VorgangFilePayload): Promise<Answer<Saved>> {
  return call('vorgang.file', payload);
}

/** One thing that happened. An entry that did several has several lines. */
export interface VorgangHistoryLine {
  /** When it was entered, by the clock of its author, in ms since 1970. */
  at: number;
  /** Who did it. */
  author: string;
  /** What they are called, if that is known here. */
  author_name: string | null;
  /** The entry that did it. */
  entry: string;
  /** Why, as its author put it. */
  grund: string | null;
  /** When it reached the Zentrale, by its clock, in ms since 1970. */
  received: number | null;
  /** The Vorgang's revision after it; none until the Zentrale has shown it. */
  revision: number | null;
  /** All of that for people. */
  sentence: string;
  /** Whether it waits for the Zentrale. */
  waiting: boolean;
  /** What. */
  what: VorgangHistoryWhat;
}

/** What happened to a Vorgang, own entries on top that the Zentrale has not shown yet. */
export interface VorgangHistoryTold {
  /**
   * Whether everything older is here too. If not, it is fetched at the next contact, and the
   * Vorgang is then named as changed.
   */
  complete: boolean;
  /** The newest first. */
  lines: VorgangHistoryLine[];
  /** Whether there is more than is listed here. */
  more: boolean;
}

/** One thing that happened to a Vorgang. Names are missing where this machine does not know them. */
export type VorgangHistoryWhat = {
  betreff: string;
  kind: 'created';
} | {
  betreff: string;
  kind: 'betreff';
} | {
  kind: 'leistung';
  leistung: string | null;
} | {
  kind: 'status';
  status: string;
} | {
  kind: 'zuweisung';
  name: string | null;
  person: string | null;
} | {
  einheit: string;
  kind: 'einheit';
  name: string | null;
} | {
  akte: string | null;
  aktenzeichen: string | null;
  kind: 'akte';
} | {
  ende: string;
  frist: string;
  kind: 'frist_set';
  name: string;
} | {
  frist: string;
  kind: 'frist_removed';
  name: string | null;
} | {
  kind: 'notiz';
  notiz: string;
  text: string;
} | {
  am: string;
  grund: string;
  kind: 'wiedervorlage_added';
  wiedervorlage: string;
} | {
  am: string;
  grund: string | null;
  kind: 'wiedervorlage_moved';
  wiedervorlage: string;
} | {
  grund: string | null;
  kind: 'wiedervorlage_completed';
  wiedervorlage: string;
} | {
  betreff: string;
  kind: 'schriftstueck_added';
  schriftstueck: string;
} | {
  betreff: string | null;
  kind: 'fassung_added';
  schriftstueck: string;
} | {
  betreff: string | null;
  kind: 'fassung_chosen';
  schriftstueck: string;
} | {
  before: string | null;
  betreff: string;
  kind: 'schriftstueck_renamed';
  schriftstueck: string;
} | {
  betreff: string | null;
  kind: 'eingang';
  schriftstuecke: string[];
} | {
  conflict: string;
  felder: string[];
  kind: 'conflict_opened';
} | {
  conflict: string;
  kind: 'conflict_closed';
} | {
  kind: 'unknown';
};

/** Payload of `vorgang.history`. */
export interface VorgangHistoryPayload {
  /** Which. */
  vorgang: string;
}

/** Erzählt, was mit einem Vorgang geschehen ist. Wer sich auf diesem Arbeitsplatz angemeldet hat. */
export function vorgangHistory(payload: VorgangHistoryPayload): Promise<Answer<VorgangHistoryTold>> {
  return call('vorgang.history', payload);
}

/** One of them. */
export interface VorgangListLine {
  akte: string | null;
  aktenzeichen: string | null;
  /** When it was opened, in ms since 1970. */
  angelegt: number;
  betreff: string;
  /** Two versions stand side by side in it. */
  contested: boolean;
  einheit: string;
  einheit_name: string;
  /** When somebody last did something in it, in ms since 1970. */
  geaendert: number;
  /** The next open Wiedervorlage or Frist. */
  naechste: Due | null;
  /** Somebody else gave it to whoever works here, and it was not opened here yet. */
  new: boolean;
  /** How many documents lie in it. */
  schriftstuecke: number;
  status: string;
  vorgang: string;
  /** Something about it waits for the Zentrale. */
  waiting: boolean;
  zuweisung: string | null;
  zuweisung_name: string | null;
}

/** Vorgänge, the nearest Wiedervorlage or Frist first unless asked otherwise. */
export interface VorgangListListed {
  /** How many there are altogether that match. */
  matching: number;
  /** How many lie on this machine altogether. */
  mirrored: number;
  vorgaenge: VorgangListLine[];
}

/** By what a list of Vorgänge can be sorted. */
export type VorgangListSort =
  | 'betreff'
  | 'status'
  | 'zuweisung'
  | 'einheit'
  | 'akte'
  | 'angelegt'
  | 'geaendert' | 'faellig';

/** Payload of `vorgang.list`. What is left out narrows nothing down. */
export interface VorgangListPayload {
  /** Only those in this Akte. */
  akte?: string | null;
  /** Also those that are closed, where `status` does not say it. */
  closed_too?: boolean;
  /** Only those with two versions side by side. */
  contested_only?: boolean;
  /** The other way round. */
  descending?: boolean;
  /** Only those of this unit. */
  einheit?: string | null;
  /** Only those in which something is due until this day. */
  faellig_bis?: string | null;
  /** Leave out this many at the beginning. */
  offset?: number;
  /** Only those assigned to this person. */
  person?: string | null;
  /** At most this many; 500 if left out. */
  rows_max?: number | null;
  /** By what to sort; by what is due next if left out. */
  sort?: VorgangListSort;
  /** Only those that are this far: `offen`, `in_bearbeitung`, `wartet`, `zd_a`. */
  status?: string[] | null;
  /**
   * Only those in which all of these words appear: in Betreff, Aktenzeichen, name of person or
   * unit.
   */
  text?: string | null;
  /** Only those that nobody works on. */
  unassigned_only?: boolean;
  /** Only those of which something waits for the Zentrale. */
  waiting_only?: boolean;
}

/** Listet Vorgänge auf, die nächste Wiedervorlage oder Frist zuerst. Wer sich auf diesem Arbeitsplatz angemeldet hat. */
export function vorgangList(payload: VorgangListPayload = {}): Promise<Answer<VorgangListListed>> {
  return call('vorgang.list', payload);
}

/** Payload of `vorgang.move`. */
export interface VorgangMovePayload {
  /** The unit that becomes responsible. */
  einheit: string;
  /** Why; kept in the history. */
  grund: string;
  /** What was shown before; what stands there now if left out. */
  seen?: string | null;
  /** Which. */
  vorgang: string;
}

/** Gibt einen Vorgang mit Begründung an eine andere Organisationseinheit ab. Wer die Rolle Sachbearbeitung oder Leitung hat. */
export function vorgangMove(payload: VorgangMovePayload): Promise<Answer<Saved>> {
  return call('vorgang.move', payload);
}

/** Payload of `vorgang.see`. */
export interface VorgangSeePayload {
  /** Which. */
  vorgang: string;
}

/** Merkt sich auf diesem Rechner, dass ein Vorgang angesehen wurde. Wer sich auf diesem Arbeitsplatz angemeldet hat. */
export function vorgangSee(payload: VorgangSeePayload): Promise<Answer<null>> {
  return call('vorgang.see', payload);
}

/** Every status but z.d.A., which has a command of its own. */
export type VorgangSetStatusWorking = 'offen' | 'in_bearbeitung' | 'wartet';

/** Payload of `vorgang.set_status`. */
export interface VorgangSetStatusPayload {
  /** What was shown before; what stands there now if left out. */
  seen?: VorgangStatus | null;
  /** How far it is. */
  status: VorgangSetStatusWorking;
  /** Which. */
  vorgang: string;
}

/** Sagt, wie weit ein Vorgang ist; öffnet einen geschlossenen wieder. Wer die Rolle Sachbearbeitung oder Leitung hat. */
export function vorgangSetStatus(payload: VorgangSetStatusPayload): Promise<Answer<Saved>> {
  return call('vorgang.set_status', payload);
}

/** An Eingang that went into the Vorgang. */
export interface VorgangShowEingangBeside {
  betreff: string;
  /** Who recorded it and when. */
  erfasst: Stamped;
  id: string;
  kanal: KanalWord;
}

/** The Akte something lies in, and where that stands. */
export interface VorgangShowFiled {
  /** The way through the Aktenplan, from the top. */
  aktenplan: Step[];
  /** Absent if the Akte is not on this machine. */
  aktenzeichen: string | null;
  betreff: string | null;
  id: string;
}

/** A Frist. */
export interface VorgangShowFristShown {
  /** Its last day. */
  ende: string;
  /** Who set it last and when. */
  gesetzt: Stamped;
  id: string;
  /** What it is the deadline for. */
  name: string;
  receipt: PartReceipt;
  /** From what it was reckoned; nothing if somebody named the day. */
  rechnung: VorgangShowRule | null;
  /** Why it ends on that day, one thing a sentence. */
  sentences: string[];
  /**
   * Working days from today up to its end, without the public holidays of the unit's Land;
   * negative once they have passed. Absent for days far away.
   */
  workdays_left: number | null;
}

/** A Notiz. */
export interface VorgangShowNotizShown {
  /** Who wrote it and when. */
  angelegt: Stamped;
  id: string;
  receipt: PartReceipt;
  text: string;
}

/** From what a Frist is reckoned. */
export interface VorgangShowRule {
  /** How many. */
  anzahl: number;
  /** What happens on that day. */
  art: Art;
  /** The day it begins with. */
  beginn: string;
  /** Of what. */
  einheit: Zeiteinheit;
  /** It ends on its day, whatever day that is. */
  fest: boolean;
  /** Times that do not count. */
  hemmungen: Zeitraum[];
  /** The rule it follows, for example „§ 42a Abs. 2 `VwVfG`“. */
  rechtsgrundlage: string | null;
}

/** A Vorgang as its clerk sees it, own waiting entries included. */
export interface VorgangShowShown {
  /** Documents of it whose bytes are not on this machine yet. */
  absent: string[];
  /** Entries of this workstation about it that wait, the newest first. */
  entries: EntryLine[];
  /** How many entries found their way into it. */
  revision: number;
  vorgang: VorgangShowVorgangShown;
  /** Entries about it that wait for the Zentrale. */
  waiting: number;
}

/** All that lies in a Vorgang. */
export interface VorgangShowVorgangShown {
  /** The Akte it lies in. */
  akte: VorgangShowFiled | null;
  /** Who opened it and when. */
  angelegt: Stamped;
  /** What it is about. */
  betreff: string;
  /** Fields with two Fassungen nobody has decided between: `zuweisung`, `frist/0190…`. */
  contested: string[];
  /** What arrived and went into it, the newest first. */
  eingaenge: VorgangShowEingangBeside[];
  /** The unit responsible. */
  einheit: string;
  einheit_name: string | null;
  /** The nearest first. */
  fristen: VorgangShowFristShown[];
  id: string;
  /** The public service: 14 digits. */
  leistung: string | null;
  /** The newest first. */
  notizen: VorgangShowNotizShown[];
  /** How far its beginning has come. */
  receipt: PartReceipt;
  /** The newest first. */
  schriftstuecke: SchriftstueckShown[];
  /** How far it is. */
  status: VorgangStatus;
  /** Who said so and when. */
  status_since: Stamped;
  /** The nearest first; what is done behind. */
  wiedervorlagen: VorgangShowWiedervorlageShown[];
  /** Who works on it. */
  zuweisung: string | null;
  zuweisung_name: string | null;
  /** Who assigned it and when. */
  zuweisung_since: Stamped;
}

/** A Wiedervorlage. */
export interface VorgangShowWiedervorlageShown {
  /** The day it comes back. */
  am: string;
  /** Who set it and when. */
  angelegt: Stamped;
  /** Who ticked it off and when. */
  erledigt: Stamped | null;
  /** Why. */
  grund: string;
  id: string;
  receipt: PartReceipt;
}

/** Payload of `vorgang.show`. */
export interface VorgangShowPayload {
  /** Which. */
  vorgang: string;
}

/** Zeigt einen Vorgang mit allem, was darin liegt. Wer sich auf diesem Arbeitsplatz angemeldet hat. */
export function vorgangShow(payload: VorgangShowPayload): Promise<Answer<VorgangShowShown>> {
  return call('vorgang.show', payload);
}

/** A new Wiedervorlage. */
export interface WiedervorlageAddAdded {
  /** Its id. */
  entry: string;
  /** What will presumably become of it. */
  forecast: Outlook;
  /** Its id. */
  wiedervorlage: string;
}

/** Payload of `wiedervorlage.add`. */
export interface WiedervorlageAddPayload {
  /** The day it comes back. */
  am: string;
  /** Why. */
  grund: string;
  /** Of what. */
  vorgang: string;
}

/** Legt einen Vorgang auf Wiedervorlage. Wer die Rolle Sachbearbeitung oder Leitung hat. */
export function wiedervorlageAdd(payload: WiedervorlageAddPayload): Promise<Answer<WiedervorlageAddAdded>> {
  return call('wiedervorlage.add', payload);
}

/** Payload of `wiedervorlage.complete`. */
export interface WiedervorlageCompletePayload {
  /** Of what. */
  vorgang: string;
  /** Which. */
  wiedervorlage: string;
}

/** Hakt eine Wiedervorlage ab. Wer die Rolle Sachbearbeitung oder Leitung hat. */
export function wiedervorlageComplete(payload: WiedervorlageCompletePayload): Promise<Answer<Saved>> {
  return call('wiedervorlage.complete', payload);
}

/** One of them. */
export interface WiedervorlageListLine {
  /** The day. */
  am: string;
  /** What the Vorgang is about. */
  betreff: string;
  einheit: string;
  einheit_name: string;
  /** Why it comes back. */
  grund: string;
  vorgang: string;
  /** Something about the Vorgang waits for the Zentrale. */
  waiting: boolean;
  wiedervorlage: string;
}

/** Open Wiedervorlagen in the Vorgänge of whoever works here, the earliest first. */
export interface WiedervorlageListListed {
  /** How many there are altogether that match. */
  matching: number;
  wiedervorlagen: WiedervorlageListLine[];
}

/** Payload of `wiedervorlage.list`. */
export interface WiedervorlageListPayload {
  /** Also those of colleagues, in Vorgänge on this machine. */
  all?: boolean;
  /** Leave out this many at the beginning. */
  offset?: number;
  /** At most this many; 500 if left out. */
  rows_max?: number | null;
  /** Only those up to this day. */
  until?: string | null;
}

/** Listet offene Wiedervorlagen auf, die früheste zuerst. Wer sich auf diesem Arbeitsplatz angemeldet hat. */
export function wiedervorlageList(payload: WiedervorlageListPayload = {}): Promise<Answer<WiedervorlageListListed>> {
  return call('wiedervorlage.list', payload);
}

/** Payload of `wiedervorlage.reschedule`. */
export interface WiedervorlageReschedulePayload {
  /** The day it comes back. */
  am: string;
  /** What was shown before; what stands there now if left out. */
  seen?: string | null;
  /** Of what. */
  vorgang: string;
  /** Which. */
  wiedervorlage: string;
}

/** Verlegt eine Wiedervorlage auf einen anderen Tag. Wer die Rolle Sachbearbeitung oder Leitung hat. */
export function wiedervorlageReschedule(payload: WiedervorlageReschedulePayload): Promise<Answer<Saved>> {
  return call('wiedervorlage.reschedule', payload);
}
