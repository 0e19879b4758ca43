import { describe, expect, it } from 'vitest';

import { Failed, Images, type Fetcher, type Ready, type Wish } from './images';

/** Answers only when told to, so that the tests decide what comes first. */
class Slow implements Fetcher {
  readonly asked: string[] = [];
  readonly aborted: string[] = [];
  readonly released: string[] = [];
  readonly #open = new Map<string, { ok: (image: Ready) => void; fail: (error: Error) => void }>();

  get({ path }: Wish, signal: AbortSignal): Promise<Ready> {
    this.asked.push(path);
    return new Promise((ok, fail) => {
      this.#open.set(path, { ok, fail });
      signal.addEventListener('abort', () => {
        this.aborted.push(path);
        fail(new DOMException('called off', 'AbortError'));
      });
    });
  }

  release(image: Ready): void {
    this.released.push(image.url);
  }

  pause(): Promise<void> {
    return Promise.resolve();
  }

  async answer(path: string, bytes = 10): Promise<void> {
    this.#open.get(path)?.ok({ url: `blob:${path}`, bytes });
    await settled();
  }

  async fail(path: string, code: string): Promise<void> {
    this.#open.get(path)?.fail(new Failed({ code, sentence: 'Geht nicht.', hint: '' }));
    await settled();
  }
}

const visible = (...paths: string[]): Wish[] => paths.map((path) => ({ path, urgency: 'visible' }));
const ahead = (path: string): Wish => ({ path, urgency: 'ahead' });

async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

function images(bytesMax?: number) {
  const fetcher = new Slow();
  let changes = 0;
  const images = new Images(fetcher, () => (changes += 1), bytesMax);
  return { fetcher, images, changes: () => changes };
}

describe('fetching', () => {
  it('starts with the most urgent, a few at once', async () => {
    const { fetcher, images: list, changes } = images();
    list.want(visible('a', 'b', 'c', 'd'));
    expect(fetcher.asked).toEqual(['a', 'b', 'c']);
    await fetcher.answer('b');
    expect(fetcher.asked).toEqual(['a', 'b', 'c', 'd']);
    expect(list.get('b')?.url).toBe('blob:b');
    expect(changes()).toBe(1);
  });

  it('calls off what is scrolled past and begins what shows', () => {
    const { fetcher, images: list } = images();
    list.want(visible('a', 'b', 'c', 'd'));
    list.want(visible('x', 'b'));
    expect(fetcher.aborted).toEqual(['a', 'c']);
    expect(fetcher.asked).toEqual(['a', 'b', 'c', 'x']);
  });

  it('asks again for what comes into view while it was still asked ahead', () => {
    const { fetcher, images: list } = images();
    list.want([ahead('a')]);
    list.want(visible('a'));
    list.want([ahead('a')]);
    expect(fetcher.aborted).toEqual(['a']);
    expect(fetcher.asked).toEqual(['a', 'a']);
  });

  it('asks for nothing that is there', async () => {
    const { fetcher, images: list } = images();
    list.want(visible('a'));
    await fetcher.answer('a');
    list.want(visible('a'));
    expect(fetcher.asked).toEqual(['a']);
  });
});

describe('a worker that dies', () => {
  it('is given three tries, then it is told', async () => {
    const { fetcher, images: list } = images();
    list.want(visible('a'));
    await fetcher.fail('a', 'worker_gone');
    await fetcher.fail('a', 'worker_gone');
    expect(list.failure('a')).toBeUndefined();
    await fetcher.fail('a', 'worker_gone');
    expect(fetcher.asked).toEqual(['a', 'a', 'a']);
    expect(list.failure('a')?.sentence).toBe('Geht nicht.');
  });

  it('comes back', async () => {
    const { fetcher, images: list } = images();
    list.want(visible('a'));
    await fetcher.fail('a', 'worker_gone');
    await fetcher.answer('a');
    expect(list.get('a')).toBeDefined();
  });

  it('is tried again when the clerk says so', async () => {
    const { fetcher, images: list } = images();
    list.want(visible('a'));
    await fetcher.fail('a', 'damaged');
    list.want(visible('a'));
    expect(fetcher.asked).toEqual(['a']);
    list.retry();
    list.want(visible('a'));
    expect(fetcher.asked).toEqual(['a', 'a']);
  });
});

describe('memory', () => {
  it('lets the image go that was looked at longest ago', async () => {
    const { fetcher, images: list } = images(25);
    list.want(['a', 'b', 'c'].map(ahead));
    await fetcher.answer('a');
    await fetcher.answer('b');
    list.get('a');
    await fetcher.answer('c');
    expect(fetcher.released).toEqual(['blob:b']);
    expect(list.get('a')).toBeDefined();
  });

  it('never lets go what shows, and fetches nothing twice for want of room', async () => {
    const { fetcher, images: list } = images(25);
    list.want([...visible('a', 'b'), ahead('c'), ahead('d')]);
    for (const path of ['a', 'b', 'c', 'd']) await fetcher.answer(path);
    expect(list.get('a')).toBeDefined();
    expect(list.get('b')).toBeDefined();
    expect(fetcher.released).toEqual(['blob:c']);
    expect(fetcher.asked).toEqual(['a', 'b', 'c', 'd']);
  });

  it('is given back when the document is closed', async () => {
    const { fetcher, images: list } = images();
    list.want(visible('a', 'b'));
    await fetcher.answer('a');
    list.close();
    expect(fetcher.released).toEqual(['blob:a']);
    expect(fetcher.aborted).toEqual(['b']);
  });
});
