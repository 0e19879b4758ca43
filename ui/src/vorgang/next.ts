/** The one next step: what the primary button of a Vorgang does. */

import type { Day } from '../shared/day/day';
import type { Vorgang } from './model';
import { openAtClose } from './open';

export type Step = 'resolve' | 'take' | 'begin' | 'file' | 'resume' | 'tick_off' | 'remind' | 'close';

/** What would be done next by whoever sits here; nothing where everything is done. */
export function nextStep(vorgang: Vorgang, me: string | undefined, today: Day): Step | undefined {
  if (vorgang.contested.length > 0) return 'resolve';
  if (vorgang.status === 'zd_a') return undefined;
  if (vorgang.zuweisung !== me) return 'take';
  if (vorgang.status === 'offen') return 'begin';
  if (vorgang.wiedervorlagen.some(({ am, erledigt }) => !erledigt && am <= today)) return 'tick_off';
  if (vorgang.status === 'wartet') return 'resume';
  if (vorgang.akte === undefined) return 'file';
  if (openAtClose(vorgang, today).length === 0) return 'close';
  // A Frist that runs without a day to look at it again is how Fristen are missed.
  return vorgang.wiedervorlagen.some(({ erledigt }) => !erledigt) ? undefined : 'remind';
}
