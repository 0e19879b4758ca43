/** What is open and how far things are, as sentences. */

import { date, left } from '../lib/when';
import { vorgang as words } from '../lib/texts/vorgang';
import type { Day } from '../shared/day/day';
import type { Open } from './open';

/** The name of a contested field: `frist/0190…` is a „Frist“. */
export function feldName(feld: string): string {
  const [word = ''] = feld.split('/');
  return words.felder[word as keyof typeof words.felder] ?? word;
}

/** One open thing in a sentence. */
export function openSentence(open: Open, today: Day): string {
  switch (open.kind) {
    case 'contested':
      return words.open.contested([...new Set(open.fields.map(feldName))].join(', '));
    case 'frist_over':
      return words.open.fristOver(open.name, date(open.ende, today), left(open.ende, today));
    case 'frist_near':
    case 'frist_running':
      return words.open.fristNear(open.name, date(open.ende, today), left(open.ende, today));
    case 'wiedervorlage_due':
    case 'wiedervorlage_later':
      return words.open.wiedervorlage(open.grund, date(open.am, today));
    case 'unassigned':
      return words.open.unassigned;
    case 'unfiled':
      return words.open.unfiled;
    case 'absent':
      return words.open.absent(open.count);
  }
}

/** How urgent it is: decides colour and sign, never alone. */
export function urgency(open: Open): 'danger' | 'warning' | 'info' {
  switch (open.kind) {
    case 'contested':
    case 'frist_near':
    case 'wiedervorlage_due':
      return 'warning';
    case 'frist_over':
      return 'danger';
    default:
      return 'info';
  }
}

/** „2,1 MB“. */
export function size(bytes: number): string {
  const units = ['Byte', 'KB', 'MB', 'GB'] as const;
  let value = bytes;
  let at = 0;
  while (value >= 1000 && at < units.length - 1) {
    value /= 1000;
    at += 1;
  }
  const digits = at === 0 || value >= 100 ? 0 : 1;
  return `${value.toLocaleString('de-DE', { maximumFractionDigits: digits })} ${units[at]}`;
}
