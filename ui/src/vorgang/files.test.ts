import { expect, it } from 'vitest';

import { fitting, marked, merged } from './files';

const problem = { sentence: 'Die Datei ist leer.', hint: 'Bitte prüfen Sie sie.' };
const looked = (path: string, unfit = false) => ({
  path,
  name: path,
  betreff: unfit ? null : path,
  medientyp: unfit ? null : 'application/pdf',
  size_bytes: unfit ? null : 9,
  problem: unfit ? problem : null,
});

it('keeps what was written about a file when more are chosen', () => {
  const before = merged([], [looked('a')]).map((file) => ({ ...file, betreff: 'Lageplan' }));
  const now = merged(before, [looked('a'), looked('b'), looked('c', true)]);
  expect(now.map(({ betreff }) => betreff)).toEqual(['Lageplan', 'b', '']);
  expect(fitting(now).map(({ path }) => path)).toEqual(['a', 'b']);
});

it('marks what was refused only when it was to be taken in', () => {
  const files = marked(merged([], [looked('a'), looked('b')]), [{ path: 'b', problem }]);
  expect(files.map(({ problem }) => problem?.sentence)).toEqual([undefined, problem.sentence]);
  expect(fitting(files).map(({ path }) => path)).toEqual(['a']);
});
