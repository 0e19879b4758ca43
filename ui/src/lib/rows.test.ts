import { expect, it } from 'vitest';

import { PAGE_ROWS, Rows } from './rows.svelte';

/** A list of so many rows that says which pages were asked for. */
function listOf(total: number) {
  const asked: number[] = [];
  const rows = new Rows<{ page: number[]; total: number }, number>((answer) => ({
    rows: answer.page,
    total: answer.total,
  }));
  const fetch = (from: number, named: number) => (offset: number) => {
    asked.push(offset);
    const page = Array.from(
      { length: Math.max(0, Math.min(PAGE_ROWS, total - offset)) },
      (_, at) => from + offset + at,
    );
    return Promise.resolve({ answer: { page, total: named } });
  };
  return { rows, asked, become: (from = 0) => rows.become(fetch(from, total)) };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

it('asks for the pages that are seen, and for each once', async () => {
  const { rows, asked, become } = listOf(100_000);
  become();
  await settled();
  rows.need(49_990, 50_020);
  rows.need(49_995, 50_025);
  await settled();
  expect(asked).toEqual([0, 49_900, 50_000]);
  expect([rows.total, rows.at(0), rows.at(50_001), rows.at(70_000)]).toEqual([100_000, 0, 50_001, undefined]);
});

it('keeps the old rows until the new ones are here', async () => {
  const { rows, become } = listOf(10);
  become(0);
  await settled();
  become(500);
  expect(rows.at(3)).toBe(3);
  await settled();
  expect(rows.at(3)).toBe(503);
});

it('asks again only for what is seen', async () => {
  const { rows, asked, become } = listOf(100_000);
  become();
  await settled();
  rows.need(50_000, 50_020);
  await settled();
  asked.length = 0;
  rows.reload();
  await settled();
  expect(asked).toEqual([50_000]);
});

it('does not take an answer that came too late', async () => {
  const rows = new Rows<number[], number>((answer) => ({ rows: answer, total: answer.length }));
  let late: (answer: { answer: number[] }) => void = () => {};
  rows.become(() => new Promise((resolve) => (late = resolve)));
  rows.become(() => Promise.resolve({ answer: [7] }));
  await settled();
  late({ answer: [1, 2, 3] });
  await settled();
  expect([rows.total, rows.at(0)]).toEqual([1, 7]);
});

it('says why there is nothing, and forgets it once there is', async () => {
  const rows = new Rows<number[], number>((answer) => ({ rows: answer, total: answer.length }));
  rows.become(() => Promise.reject({ code: 'no_right', sentence: 'Dafür fehlt Ihnen das Recht.', hint: '' }));
  await settled();
  expect(rows.failure?.code).toBe('no_right');
  rows.become(() => Promise.resolve({ answer: [1] }));
  await settled();
  expect([rows.failure, rows.total]).toEqual([undefined, 1]);
});

it('finds a row among those that are here', async () => {
  const { rows, become } = listOf(1000);
  become();
  await settled();
  rows.need(300, 320);
  await settled();
  expect([rows.find((row) => row === 310), rows.find((row) => row === 150)]).toEqual([310, -1]);
});
