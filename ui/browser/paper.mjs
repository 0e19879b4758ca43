// Documents as the program answers for them, made up: any number of pages, locked, damaged, or with a worker that dies.
// What is said under `/seite/` is the contract; the real renderer has tests of its own.

const A4 = { w: 595.28, h: 841.89 };

const LINES = [
  'Maria Lennartz',
  'Hauptstraße 18, 52525 Heinsberg',
  '',
  'Anlage zur Gewerbeanmeldung „Zur alten Post“',
  '',
  'Sehr geehrte Damen und Herren,',
  '',
  'anbei erhalten Sie den Grundriss der Gasträume sowie den Lageplan. Die Außenfläche',
  'hat 42 m²; die Toilettenanlagen befinden sich im Erdgeschoss und sind barriere-',
  'frei erreichbar.',
  '',
  'Mit freundlichen Grüßen',
];

/** Answers for documents by their hash: `{ pages, kind, problem, text, dead: [page] }`. Says what was asked. */
export async function paper(page, documents) {
  const asked = [];
  await page.route('**/seite/**', async (route) => {
    const url = new URL(route.request().url());
    const [, , hash, ...rest] = url.pathname.split('/');
    const what = rest.join('/');
    const document = documents[hash];
    asked.push(`${what}${url.search}`);
    await route.fulfill(document ? answer(document, what, url.searchParams) : failed(404, 'absent'));
  });
  return asked;
}

/** A name under which a document can lie. */
export function hashOf(letter) {
  return letter.repeat(64);
}

function answer(document, what, query) {
  const count = document.pages ?? 0;
  if (what === 'info')
    return json({
      kind: document.kind ?? 'pdf',
      pages: Array(count).fill(A4),
      sizes_known: count,
      outline: [],
      problem: document.problem,
    });
  if (what === 'plain') return json({ text: document.text, truncated: false });
  if (what === 'find') return json(find(count, query));
  const [number, part] = what.split('/');
  const at = Number(number);
  if (part === 'text') return json({ runs: words(at), links: document.links?.[at] ?? [] });
  if (document.dead?.includes(at)) return failed(503, 'worker_gone');
  return { status: 200, contentType: 'image/svg+xml', body: picture(at, Number(query.get('px'))) };
}

function find(count, query) {
  const from = Number(query.get('from'));
  const until = Math.min(from + 50, count);
  const wanted = query.get('q').toLocaleLowerCase('de');
  const hits = [];
  for (let at = from; at < until; at += 1) {
    for (const { text, x, y, w, h } of words(at)) {
      if (text.toLocaleLowerCase('de').includes(wanted))
        hits.push({ page: at, boxes: [{ x, y, w, h }], excerpt: text });
    }
  }
  return until < count ? { hits, more: true, next: until } : { hits, more: false };
}

function words(at) {
  const runs = [];
  [...LINES, '', `Seite ${at + 1}`].forEach((line, row) => {
    let x = 60;
    const parts = line.split(' ').filter(Boolean);
    if (parts.length === 0 && runs.length > 0) runs.at(-1).par = true;
    parts.forEach((text, place) => {
      const run = { text, x, y: 80 + row * 18, w: text.length * 5.4, h: 12 };
      if (place === parts.length - 1) run.eol = true;
      runs.push(run);
      x += run.w + 3;
    });
  });
  return runs;
}

function picture(at, width) {
  const text = words(at).map(
    ({ text, x, y, w, h }) =>
      `<text x="${x}" y="${y + h * 0.8}" font-size="${h * 0.9}" textLength="${w}" lengthAdjust="spacingAndGlyphs" font-family="sans-serif">${text}</text>`,
  );
  const height = Math.round((width * A4.h) / A4.w);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${A4.w} ${A4.h}"><rect width="100%" height="100%" fill="#fff"/>${text.join('')}</svg>`;
}

function json(body) {
  return { status: 200, contentType: 'application/json', body: JSON.stringify(body) };
}

function failed(status, code) {
  const body = { code, sentence: 'Die Anzeige ist kurz ausgefallen.', hint: 'Bitte versuchen Sie es noch einmal.' };
  return { status, contentType: 'application/json', body: JSON.stringify(body) };
}
