/** What date fields and calendars say. */
export const day = {
  open: 'Kalender öffnen',
  calendar: 'Kalender',
  previousMonth: 'Voriger Monat',
  nextMonth: 'Nächster Monat',
  week: 'KW',
  weekOf: (week: number): string => `Kalenderwoche ${week}`,
  today: 'heute',
  unfit: 'Dieses Datum gibt es nicht. Schreiben Sie zum Beispiel 4.12., morgen oder +2 Wochen.',
  past: 'Dieser Tag ist schon vorbei.',
  weekend: (name: string): string => `Das ist ein ${name}.`,
} as const;
