/** Days as clerks write them: „4.12.“, „morgen“, „+2 Wochen“, „nächsten Montag“. */

import { addDays, addMonths, dayOf, daysIn, MONTHS, partsOf, weekdayOf, WEEKDAYS, type Day } from './day';

const NUMBERS: Readonly<Record<string, number>> = {
  ein: 1,
  eine: 1,
  einem: 1,
  einer: 1,
  einen: 1,
  zwei: 2,
  drei: 3,
  vier: 4,
  fünf: 5,
  sechs: 6,
  sieben: 7,
  acht: 8,
  zehn: 10,
  vierzehn: 14,
};

const WORDS: Readonly<Record<string, number>> = { heute: 0, morgen: 1, übermorgen: 2 };

/** So far ahead somebody may count; further is a slip of the keys. */
const COUNT_MAX = 9_999;

/** The day somebody meant; none if it cannot be understood. A date without a year is the next such day. */
export function parseDay(input: string, today: Day): Day | undefined {
  const lower = input.trim().toLocaleLowerCase('de').replaceAll(/\s+/g, ' ');
  const text = lower.replaceAll('ae', 'ä').replaceAll('oe', 'ö').replaceAll('ue', 'ü');
  if (text === '') return undefined;
  const word = WORDS[text];
  if (word !== undefined) return addDays(today, word);
  return (
    isoDay(text) ??
    dotted(text, today) ??
    digits(text, today) ??
    named(text, today) ??
    counted(text, today) ??
    weekday(text, today) ??
    ends(text, today)
  );
}

function isoDay(text: string): Day | undefined {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  return match ? dayOf(Number(match[1]), Number(match[2]), Number(match[3])) : undefined;
}

/** „4.12.“, „4.12.26“, „4/12“, „04.12.2026“, each also behind a weekday. */
function dotted(text: string, today: Day): Day | undefined {
  const match = /^(?:[a-zäöü]+\.?,? )?(\d{1,2}) ?[./-] ?(\d{1,2})(?: ?[./-])?(?: ?(\d{2}|\d{4}))?$/.exec(text);
  return match ? completed(Number(match[1]), Number(match[2]), match[3], today) : undefined;
}

/** „0412“, „041226“, „04122026“: typed on the number block. */
function digits(text: string, today: Day): Day | undefined {
  const match = /^(\d{2})(\d{2})(\d{2}|\d{4})?$/.exec(text);
  return match ? completed(Number(match[1]), Number(match[2]), match[3], today) : undefined;
}

/** „4. Dezember“, „4 dez 2026“. */
function named(text: string, today: Day): Day | undefined {
  const match = /^(?:[a-zäöü]+\.?,? )?(\d{1,2})\.? ?([a-zäöü]{3,})\.?(?: (\d{2}|\d{4}))?$/.exec(text);
  const name = match?.[2];
  if (!match || name === undefined) return undefined;
  const month = MONTHS.findIndex((month) => month.toLocaleLowerCase('de').startsWith(name));
  return month < 0 ? undefined : completed(Number(match[1]), month + 1, match[3], today);
}

/** „+10“, „+2 Wochen“, „in drei Tagen“, „in einem Monat“. */
function counted(text: string, today: Day): Day | undefined {
  const match = /^(?:\+ ?|in )(\d{1,4}|[a-zäöü]+) ?(t|d|w|m|j|tage?n?|wochen?|monate?n?|jahre?n?)?$/.exec(text);
  const amount = match?.[1];
  if (!match || amount === undefined) return undefined;
  const count = /^\d/.test(amount) ? Number(amount) : NUMBERS[amount];
  if (count === undefined || count > COUNT_MAX) return undefined;
  switch (match[2]?.[0]) {
    case 'w':
      return bounded(addDays(today, count * 7));
    case 'm':
      return bounded(addMonths(today, count));
    case 'j':
      return count > 900 ? undefined : bounded(addMonths(today, count * 12));
    default:
      return bounded(addDays(today, count));
  }
}

/** „Montag“, „Mo“, „nächsten Freitag“: the next one, never today. */
function weekday(text: string, today: Day): Day | undefined {
  const name = text.replace(/^(nächste[rn]?|am|kommende[rn]?) /, '').replace(/\.$/, '');
  if (name.length < 2) return undefined;
  const index = WEEKDAYS.findIndex((day) => day.toLocaleLowerCase('de').startsWith(name));
  const wanted = name === 'sonnabend' ? 5 : index;
  if (wanted < 0) return undefined;
  return addDays(today, ((wanted - weekdayOf(today) + 6) % 7) + 1);
}

/** „Monatsende“, „Jahresende“, „nächste Woche“, „nächster Monat“. */
function ends(text: string, today: Day): Day | undefined {
  const { year, month } = partsOf(today);
  if (text === 'monatsende') return dayOf(year, month, daysIn(year, month));
  if (text === 'jahresende') return dayOf(year, 12, 31);
  if (text === 'nächste woche') return addDays(today, 7 - weekdayOf(today));
  if (/^nächster?n? monat$/.test(text)) return dayOf(month === 12 ? year + 1 : year, (month % 12) + 1, 1);
  return undefined;
}

function completed(date: number, month: number, year: string | undefined, today: Day): Day | undefined {
  if (year !== undefined) return dayOf(year.length === 2 ? 2000 + Number(year) : Number(year), month, date);
  // The 29th of February may be up to eight years away.
  const from = partsOf(today).year;
  for (let candidate = from; candidate <= from + 8; candidate += 1) {
    const day = dayOf(candidate, month, date);
    if (day !== undefined && day >= today) return day;
    if (day !== undefined && month !== 2) continue;
  }
  return undefined;
}

function bounded(day: Day): Day | undefined {
  const { year, month, date } = partsOf(day);
  return dayOf(year, month, date);
}
