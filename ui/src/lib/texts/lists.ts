/** What lists say. */

import { count, number } from '../count';

const KANAL: Readonly<Record<string, string>> = { portal: 'Portal', papier: 'Post', email: 'E-Mail', datei: 'Datei' };

const STATUS: Readonly<Record<string, string>> = {
  offen: 'Offen',
  in_bearbeitung: 'In Bearbeitung',
  wartet: 'Wartet auf Antwort',
  zd_a: 'Zu den Akten',
};

export const lists = {
  kanal: (kanal: string): string => KANAL[kanal] ?? kanal,
  status: (status: string): string => STATUS[status] ?? status,
  statuses: Object.entries(STATUS),
  kanaele: Object.keys(KANAL),
  filter: 'In dieser Liste suchen',
  clearFilter: 'Filter leeren',
  filtered: (matching: number): string => `${number(matching)} gefunden`,
  narrow: 'Eingrenzen',
  table: 'Als Tabelle zeigen',
  rows: 'Als Liste zeigen',
  columns: 'Spalten',
  columnLeft: (column: string): string => `„${column}“ weiter nach vorn`,
  columnRight: (column: string): string => `„${column}“ weiter nach hinten`,
  filterColumn: (column: string): string => `${column} eingrenzen`,
  saveSearch: 'Suche merken',
  saveSearchName: 'Name der Suche',
  searchSaved: (name: string): string => `Die Suche „${name}“ steht jetzt links.`,
  forget: (name: string): string => `Gespeicherte Suche „${name}“ entfernen`,
  forgotten: (name: string): string => `Die Suche „${name}“ ist entfernt.`,
  nothingFound: 'Nichts gefunden',
  nothingFoundText: 'Kein Eintrag dieser Liste passt zu dem, was Sie eingegrenzt haben.',
  loading: 'Die Liste wird geladen.',
  absent: 'wird geladen …',
  fresh: 'Neu.',
  all: 'Alle',
  fetching: (here: number): string =>
    `Auf diesem Gerät liegen erst ${count(here, 'Vorgang', 'Vorgänge')}; die übrigen werden gerade von der Zentrale geholt.`,
  searched: (here: number): string => `Durchsucht: ${count(here, 'Vorgang', 'Vorgänge')} auf diesem Gerät.`,
  frist: (day: string): string => `Frist ${day}`,
  wiedervorlage: (day: string): string => `WV ${day}`,
  twoVersions: 'zwei Fassungen',
  here: 'hier gespeichert',
  noAkte: 'noch in keiner Akte',
  nobody: 'niemandem zugewiesen',
  toNobody: 'niemandem',
  attachments: (n: number): string => (n === 0 ? 'ohne Anlage' : count(n, 'Anlage', 'Anlagen')),
  schriftstuecke: (n: number): string => count(n, 'Schriftstück', 'Schriftstücke'),

  eingang: {
    title: 'Eingang',
    open: (open: number, fresh: number): string =>
      fresh > 0 ? `${number(open)} offen, ${number(fresh)} neu` : `${number(open)} offen`,
    recordedBy: (name: string): string => `erfasst von ${name}`,
    assignedToo: 'Zugeordnete',
    assignedTooSpoken: 'Zugeordnete auch zeigen',
    empty: 'Der Eingang ist leer.',
    emptyText:
      'Hier steht, was aus dem Portal, aus der Poststelle und per E-Mail für Ihre Stelle ankommt. Es erscheint von selbst, sobald die Zentrale es hat.',
    belongs: 'einem Vorgang zugeordnet',
  },
  vorgaenge: {
    title: 'Meine Vorgänge',
    open: (n: number): string => `${number(n)} in Arbeit`,
    mine: 'Meine',
    free: 'Nicht zugewiesen',
    everybody: 'Alle',
    closedToo: 'z.d.A.',
    closedTooSpoken: 'z.d.A. auch zeigen, also zu den Akten gelegte',
    empty: 'Ihnen ist kein Vorgang zugewiesen.',
    emptyText:
      'Hier stehen die Vorgänge, die Sie bearbeiten. Übernehmen Sie einen aus „Nicht zugewiesen“, oder ordnen Sie einen Eingang zu.',
    toFree: 'Nicht zugewiesene zeigen',
    column: {
      betreff: 'Betreff',
      status: 'Status',
      faellig: 'Nächste Frist',
      zuweisung: 'Zugewiesen',
      einheit: 'Stelle',
      akte: 'Aktenzeichen',
      angelegt: 'Angelegt',
      geaendert: 'Zuletzt geändert',
    },
    dueToday: 'bis heute',
    dueWeek: 'bis Ende der Woche',
  },
  wiedervorlagen: {
    title: 'Wiedervorlagen',
    open: (due: number): string => (due === 0 ? 'nichts fällig' : `${number(due)} fällig`),
    deeds: (betreff: string): string => `Wiedervorlage „${betreff}“`,
    overdue: 'Überfällig',
    due: 'fällig',
    today: 'Heute',
    tomorrow: 'Morgen',
    empty: 'Es liegt nichts auf Wiedervorlage.',
    emptyText:
      'Mit W setzen Sie an einem Vorgang einen Tag, an dem Sie ihn wieder sehen wollen. An diesem Tag steht er hier oben.',
  },
  suche: {
    title: 'Suche',
    field: 'Auf diesem Gerät suchen',
    empty: 'Wonach suchen Sie?',
    emptyText:
      'Gesucht wird in allem, was auf diesem Gerät liegt: Betreff, Aktenzeichen (auch Teile davon), Namen, Notizen und der Text der Schriftstücke, auch in abgeschlossenen Vorgängen. Umlaute können Sie schreiben, wie Sie wollen. „In Anführungszeichen“ suchen Sie eine Wendung, mit einem Minus davor schließen Sie ein Wort aus.',
    hits: (n: number): string => count(n, 'Treffer', 'Treffer'),
    notYet: 'Die Suche kennt noch nicht alles. Was dazukommt, erscheint hier von selbst.',
    nowhere:
      'Auf diesem Gerät stehen diese Wörter nirgends beieinander. Weniger Wörter, oder nur der Anfang eines Wortes, finden mehr.',
    kinds: { vorgang: 'Vorgang', eingang: 'Eingang', akte: 'Akte', schriftstueck: 'Schriftstück' },
    page: (n: number): string => `Seite ${number(n)}`,
    inside: (betreff: string): string => `in „${betreff}“`,
    indexing: (done: number, all: number): string =>
      `Die Suche kennt erst ${number(done)} von ${number(all)} Einträgen; die übrigen kommen nach und nach dazu.`,
    incomplete:
      'Einzelne Schriftstücke liegen noch nicht auf diesem Gerät oder lassen sich nicht lesen. Sie finden sie über den Betreff.',
  },
} as const;
