/** What can be done at once about what is still open before a Vorgang is closed. */

import type { VorgangClosingAbout, VorgangClosingPoint, VorgangClosingWeight } from '../lib/api/commands';

/** One thing to do about it. */
export type WayOut =
  | 'resolve'
  | 'entry'
  | 'entries'
  | 'answered'
  | 'change_frist'
  | 'remove_frist'
  | 'tick_off'
  | 'postpone'
  | 'file'
  | 'write'
  | 'documents';

const WAYS: Readonly<Record<VorgangClosingAbout['kind'], readonly WayOut[]>> = {
  closed: [],
  contested: ['resolve'],
  stuck: ['entry'],
  refused: ['entry'],
  awaiting: ['answered'],
  frist: ['change_frist', 'remove_frist'],
  wiedervorlage: ['tick_off', 'postpone'],
  unfiled: ['file'],
  draft: ['write'],
  absent: ['documents'],
  unsent: ['entries'],
  waiting: ['entries'],
};

/** What is worth offering first comes first. */
export function waysOut(kind: VorgangClosingAbout['kind']): readonly WayOut[] {
  return WAYS[kind];
}

/** Open things that mean the same for closing stand together, in the order they came. */
export function byWeight(
  points: readonly VorgangClosingPoint[],
): { weight: VorgangClosingWeight; points: VorgangClosingPoint[] }[] {
  const order: readonly VorgangClosingWeight[] = ['prevents', 'warns', 'tells'];
  return order
    .map((weight) => ({ weight, points: points.filter((point) => point.weight === weight) }))
    .filter(({ points }) => points.length > 0);
}
