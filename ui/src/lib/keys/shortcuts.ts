/** Every key of the desk, in one place. A view says what a key does where it stands; the key itself is only here. */

/** Where a key is explained in the list of all keys. */
export const AREAS = ['overall', 'list', 'vorgang', 'viewer', 'conflict'] as const;
export type Area = (typeof AREAS)[number];

export interface Shortcut {
  /** As it is shown, and as it is read: `Strg+K`, `Umschalt+Leertaste`, `N`. More than one does the same. */
  readonly keys: readonly string[];
  readonly area: Area;
  /** What it does, for the list of keys and the palette. */
  readonly sentence: string;
}

const all = {
  palette: shortcut('overall', 'Suchen oder einen Befehl ausführen', 'Strg+K'),
  eingang: shortcut('overall', 'Zum Eingang', 'Strg+1'),
  vorgaenge: shortcut('overall', 'Zu meinen Vorgängen', 'Strg+2'),
  wiedervorlagen: shortcut('overall', 'Zu den Wiedervorlagen', 'Strg+3'),
  akten: shortcut('overall', 'Zu den Akten', 'Strg+4'),
  suche: shortcut('overall', 'Zur Suche', 'Strg+5'),
  wartet: shortcut('overall', 'Zu dem, was noch wartet', 'Strg+6'),
  einstellungen: shortcut('overall', 'Zu den Einstellungen', 'Strg+7'),
  hideList: shortcut('overall', 'Liste aus- und einblenden', 'Strg+B'),
  larger: shortcut('overall', 'Alles größer zeigen', 'Strg++'),
  smaller: shortcut('overall', 'Alles kleiner zeigen', 'Strg+-'),
  usualSize: shortcut('overall', 'Alles in üblicher Größe zeigen', 'Strg+0'),
  undo: shortcut('overall', 'Letzte Eingabe zurücknehmen', 'Strg+Z'),
  lock: shortcut('overall', 'Arbeitsplatz sperren', 'Strg+Umschalt+L'),
  help: shortcut('overall', 'Alle Tasten zeigen', '?'),
  back: shortcut('overall', 'Zurück zur Liste', 'Esc'),
  whence: shortcut('overall', 'Dorthin, wo Sie vorher waren', 'Alt+←'),

  next: shortcut('list', 'Nächste Zeile', 'J', '↓'),
  previous: shortcut('list', 'Vorige Zeile', 'K', '↑'),
  open: shortcut('list', 'Öffnen', 'Enter'),
  filter: shortcut('list', 'In dieser Liste suchen', '/'),
  tickOff: shortcut('list', 'Gewählte Wiedervorlage erledigen', 'E'),
  postpone: shortcut('list', 'Gewählte Wiedervorlage verlegen', 'V'),
  table: shortcut('list', 'Zwischen Liste und Tabelle wechseln', 'T'),

  primary: shortcut('vorgang', 'Den nächsten Schritt tun', 'Strg+Enter'),
  notiz: shortcut('vorgang', 'Notiz schreiben', 'N'),
  wiedervorlage: shortcut('vorgang', 'Wiedervorlage setzen', 'W'),
  assign: shortcut('vorgang', 'Zuweisen', 'Z'),
  file: shortcut('vorgang', 'In eine Akte ablegen', 'A'),
  documents: shortcut('vorgang', 'Schriftstücke zeigen', 'D'),

  nextPage: shortcut('viewer', 'Weiterblättern', 'Leertaste'),
  previousPage: shortcut('viewer', 'Zurückblättern', 'Umschalt+Leertaste'),
  wholeWindow: shortcut('viewer', 'Dokument über das ganze Fenster', 'F11'),
  find: shortcut('viewer', 'Im Dokument suchen', 'Strg+F'),

  mine: shortcut('conflict', 'Meine Änderung gilt', '1'),
  theirs: shortcut('conflict', 'Die andere gilt', '2'),
  third: shortcut('conflict', 'Etwas anderes festlegen', '3'),
} satisfies Record<string, Shortcut>;

export type ShortcutId = keyof typeof all;

export const SHORTCUTS: Readonly<Record<ShortcutId, Shortcut>> = all;

export const SHORTCUT_IDS = Object.keys(all) as ShortcutId[];

function shortcut(area: Area, sentence: string, ...keys: string[]): Shortcut {
  return { keys, area, sentence };
}
