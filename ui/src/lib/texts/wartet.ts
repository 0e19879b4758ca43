/** What is said about what waits, what was refused, and two Fassungen. */

import { count, number } from '../count';

export const wartet = {
  title: 'Was noch wartet',
  summary: (entries: number, conflicts: number, notices: number): string => {
    const waiting = entries === 0 ? '' : count(entries, 'Eintrag', 'Einträge');
    const contested = conflicts === 0 ? '' : `${conflicts} zu klären`;
    const told = notices === 0 ? '' : count(notices, 'Hinweis', 'Hinweise');
    return [waiting, contested, told].filter(Boolean).join(', ');
  },
  shortened: (shown: number, all: number): string =>
    `Die Liste zeigt ${number(shown)} von ${number(all)} Einträgen; die übrigen rücken nach.`,
  nothing: 'Alles übertragen',
  nothingHint:
    'Hier steht, was auf die Zentrale wartet, was sie nicht übernommen hat und wo zwei Fassungen zu klären sind.',
  notice: 'Hinweis',
  resolve: 'zu klären',
  refused: 'nicht übernommen',
  waits: 'wartet',
  held: 'angehalten',
  twoDecisions: 'zwei Fassungen, bitte wählen',
  here: 'hier gespeichert',
} as const;

export const fassungen = {
  title: (what: string): string => `${what}: zwei Fassungen`,
  several: 'Mehrere Angaben',
  explain: 'Zwei haben dasselbe verschieden festgelegt. Beides ist erhalten. Bitte entscheiden Sie, was gelten soll.',
  yours: 'Ihre Änderung',
  of: (name: string): string => `Änderung von ${name}`,
  somebody: 'jemandem',
  when: (when: string, here: boolean): string => (here ? `${when}, Ihr Eintrag` : `${when}, bei der Zentrale`),
  before: 'Vorher',
  nothing: 'nichts',
  field: 'Angabe',
  consequence: 'Folgen',
  mine: (name: string | undefined): string => (name === undefined ? 'Meine Änderung gilt' : `Die von ${name} gilt`),
  theirs: 'Die andere gilt',
  allMine: 'Überall meine',
  allTheirs: 'Überall die andere',
  other: (label: string): string => `${label}: etwas anderes`,
  neither: 'keine eigene Angabe',
  grund: 'Begründung (freiwillig)',
  grundHint: 'Sie steht danach im Verlauf.',
  save: 'So entscheiden',
  kept: 'Ihre Wahl steht danach im Verlauf.',
  done: 'Die Entscheidung ist hier gespeichert.',
  choose: (label: string): string => `${label}: was soll gelten?`,
  gone: 'Darüber ist schon entschieden.',
  goneHint: 'Öffnen Sie den Vorgang; dort steht, was jetzt gilt.',
  openVorgang: 'Zum Vorgang',
  noRight: 'Entscheiden kann, wer den Vorgang bearbeiten darf.',
  loading: 'Die beiden Fassungen werden geholt.',
} as const;

export const eintrag = {
  saved: 'Gespeichert',
  receipt: 'Beleg',
  why: 'Warum',
  todo: 'Was zu tun ist',
  withdraw: 'Zurücknehmen',
  release: 'Trotzdem übertragen',
  releaseHint:
    'Er wartet auf einen Eintrag, den die Zentrale nicht übernommen hat. Die Zentrale entscheidet dann über ihn allein.',
  dismiss: 'Gelesen',
  open: 'Öffnen',
  written: 'Was Sie eingegeben haben',
  copy: 'Kopieren',
  copied: 'Der Text ist kopiert.',
  notHere: 'Die Sache, um die es geht, liegt nicht auf diesem Gerät.',
  withdrawn: 'Der Eintrag ist zurückgenommen.',
  released: 'Der Eintrag ist freigegeben.',
  dismissed: 'Der Eintrag ist abgehakt.',
  gone: 'Diesen Eintrag gibt es nicht mehr.',
  goneHint: 'Er stammt von einem anderen Arbeitsplatz.',
  sent: (done: string, all: string): string => `${done} von ${all} übertragen, wird fortgesetzt`,
} as const;

export const hinweis = {
  when: (when: string): string => `Bemerkt ${when}`,
  todo: 'Was Sie tun können',
  dismiss: 'Gelesen',
  dismissed: 'Der Hinweis ist abgehakt.',
  gone: 'Diesen Hinweis gibt es nicht mehr.',
  goneHint: 'Sie haben ihn schon abgehakt.',
} as const;
