/** What stands around every view. */

import { count, number } from '../count';
import type { View } from '../route';

export const frame = {
  name: 'Kontor',
  search: 'Suchen oder Befehl eingeben',
  navigation: 'Bereiche',
  list: 'Liste',
  workspace: 'Arbeitsbereich',
  status: 'Stand des Abgleichs',
  messages: 'Meldungen',
  skip: 'Zum Arbeitsbereich springen',
  saved: 'Gespeicherte Suchen',
  views: {
    eingang: 'Eingang',
    vorgaenge: 'Meine Vorgänge',
    wiedervorlagen: 'Wiedervorlagen',
    akten: 'Akten',
    suche: 'Suche',
    wartet: 'Was noch wartet',
    einstellungen: 'Einstellungen',
  } satisfies Record<View, string>,
  navigationWidth: 'Breite der Bereiche',
  listWidth: 'Breite der Liste',
  today: (due: number): string => `${number(due)} heute`,
  nothingOpen: 'Wählen Sie links etwas aus. Mit J und K gehen Sie durch die Liste, mit Enter öffnen Sie.',
  offlineSince: (time: string): string => `Offline seit ${time}`,
  workOn: 'Sie können weiterarbeiten.',
  connected: 'Verbunden',
  beginning: 'Kontor meldet sich bei der Zentrale.',
  disturbed: 'Bei der Zentrale ist etwas gestört',
  stopped: 'Der Abgleich ruht',
  allSent: 'Alles übertragen',
  waiting: (waiting: number): string =>
    waiting === 1 ? '1 Eintrag wartet auf die Zentrale' : `${number(waiting)} Einträge warten auf die Zentrale`,
  toResolve: (conflicts: number): string =>
    conflicts === 1 ? 'Einmal zwei Fassungen zu klären' : `${number(conflicts)}-mal zwei Fassungen zu klären`,
  refused: (refused: number): string => `${count(refused, 'Eintrag', 'Einträge')} nicht übernommen`,
  onThisDevice: (vorgaenge: number): string => `${count(vorgaenge, 'Vorgang', 'Vorgänge')} auf diesem Gerät`,
  lastContact: (when: string): string => `zuletzt abgeglichen ${when}`,
  neverContact: 'noch nicht abgeglichen',
  stop: 'Anhalten',
  undo: 'Zurücknehmen',
  putAway: 'Ausblenden',
  code: (code: string): string => `Kennung für Ihre IT: ${code}`,
} as const;
