import { expect, it } from 'vitest';

import { badgeOf } from './badge';

const TODAY = '2026-11-25';

it.each([
  ['frist', '2026-11-24', 'überfällig 1 Tag', 'over'],
  ['frist', '2026-11-20', 'überfällig 5 Tage', 'over'],
  ['frist', '2026-11-25', 'Frist heute', 'near'],
  ['frist', '2026-11-26', 'Frist morgen', 'near'],
  ['frist', '2026-11-28', 'noch 3 Tage', 'near'],
  ['frist', '2026-12-22', 'Frist 22.12.', 'calm'],
  ['frist', '2027-02-20', 'Frist 20.02.2027', 'calm'],
  ['wiedervorlage', '2026-12-04', 'WV 04.12.', 'calm'],
  ['wiedervorlage', '2026-11-25', 'heute', 'near'],
] as const)('a %s on %s reads „%s“', (kind, am, text, tone) => {
  expect(badgeOf({ kind, name: 'Anhörung', am }, TODAY)).toMatchObject({ text, tone });
});

it('says the whole of it on hover', () => {
  expect(badgeOf({ kind: 'frist', name: 'Anhörung', am: '2026-12-22' }, TODAY).long).toBe(
    'Frist „Anhörung“, Dienstag, 22. Dezember 2026',
  );
});
