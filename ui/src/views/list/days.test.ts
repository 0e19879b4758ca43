import { expect, it } from 'vitest';

import { byDay } from './days';

it('gathers Wiedervorlagen under their days, and what is overdue at the top', () => {
  const rows = ['2026-11-20', '2026-11-24', '2026-11-25', '2026-11-26', '2026-12-04', '2026-12-04', '2027-01-04'];
  const groups = byDay(
    rows.map((am) => ({ am })),
    '2026-11-25',
  );
  expect(groups.map(({ label, items }) => [label, items.length])).toEqual([
    ['Überfällig', 2],
    ['Heute, Mittwoch, 25. November', 1],
    ['Morgen, Donnerstag, 26. November', 1],
    ['Freitag, 4. Dezember', 2],
    ['Montag, 4. Januar 2027', 1],
  ]);
});
