/**
 * The clock of the window. Everything that says „heute“ or „noch 3 Tage“ asks here, so that a test can set the time,
 * and so that a desk left open over night knows in the morning that it is another day.
 */
import { dayOfClock, type Day } from '../shared/day/day';

const TICK_MS = 20_000;

let fixed: number | undefined;
let now = $state(Date.now());

/** This moment, in ms since 1970; what reads it is shown again as time passes. */
export function clock(): number {
  return now;
}

/** The day on the wall. */
export function today(): Day {
  return dayOfClock(new Date(now));
}

/** Stands still from now on; for tests. */
export function setClock(ms: number): void {
  fixed = ms;
  now = ms;
}

/** Begins to tick; the answer stops it. */
export function startClock(): () => void {
  const wanted = new URLSearchParams(location.search).get('clock');
  if (wanted !== null && !Number.isNaN(Date.parse(wanted))) setClock(Date.parse(wanted));
  const timer = setInterval(() => (now = fixed ?? Date.now()), TICK_MS);
  return () => clearInterval(timer);
}
