/** What the Akten say. */

import { count, number } from '../count';

export const akten = {
  title: 'Akten',
  told: (akten: number): string => count(akten, 'Akte', 'Akten'),
  plan: 'Aktenplan',
  found: (n: number): string => `${number(n)} gefunden`,
  empty: 'Auf diesem Gerät liegt noch keine Akte.',
  emptyText:
    'Hier steht der Aktenplan mit den Akten Ihrer Stelle. Eine Akte entsteht, wenn Sie einen Vorgang ablegen (A) und dabei „Neue Akte“ wählen.',
  in: (n: number): string => count(n, 'Vorgang', 'Vorgänge'),
  contested: 'Zu dieser Akte stehen zwei Fassungen nebeneinander.',
  resolve: 'Zwei Fassungen klären',
  stelle: 'Geführt von',
  place: 'Im Aktenplan',
  retention: 'Aufbewahrung',
  years: (years: number): string => `${count(years, 'Jahr', 'Jahre')} nach dem Abschluss`,
  created: 'Angelegt',
  createdBy: (when: string, who: string | null): string => (who === null ? when : `${when} von ${who}`),
  holds: 'Inhalt',
  inside: (vorgaenge: number, open: number, schriftstuecke: number): string =>
    [
      count(vorgaenge, 'Vorgang', 'Vorgänge') + (open > 0 && vorgaenge > 0 ? `, davon ${number(open)} in Arbeit` : ''),
      count(schriftstuecke, 'Schriftstück', 'Schriftstücke'),
    ].join(' · '),
  lastChange: 'Zuletzt bearbeitet',
  next: 'Als Nächstes',
  due: (kind: 'frist' | 'wiedervorlage', name: string, day: string): string =>
    `${kind === 'frist' ? 'Frist' : 'Wiedervorlage'} „${name}“ am ${day}`,
  here: 'hier gespeichert, noch nicht bei der Zentrale',
  vorgaenge: 'Vorgänge in dieser Akte',
  noVorgaenge: 'In dieser Akte liegt noch kein Vorgang.',
  noVorgaengeText: 'Öffnen Sie einen Vorgang und drücken Sie A, um ihn hier abzulegen.',
  gone: 'Diese Akte liegt nicht auf diesem Gerät.',
  goneText: 'Vielleicht wurde sie abgegeben. Wählen Sie links eine andere.',
} as const;
