/** What one open document looks like at the moment, and what can be done with the view. Holds no markup. */

import { flushSync } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';

import { turnedBox, turnOn, PX_PER_PT, type Hit, type Size, type Turn } from './document';
import { Finder } from './finder.svelte';
import { byPage } from './hits';
import { Failed, Images, type Failure, type Wish } from './images';
import {
  anchorAt,
  currentPage,
  layOut,
  pagingStep,
  pointOf,
  revealing,
  topOf,
  visibleRange,
  type Anchor,
  type Range,
} from './layout';
import { wanted } from './prefetch';
import { imagePath, type Info, type Source } from './source';
import { Texts } from './texts.svelte';
import { PREVIEW_PX, scaleOf, sharpWidth, stepZoom, type View, type Zoom } from './zoom';

/** Where somebody was in a document, so that coming back is coming back. */
interface Memory {
  readonly zoom: Zoom;
  readonly turn: Turn;
  readonly anchor: Anchor;
}

const MEMORY_MAX = 200;
const memories = new Map<string, Memory>();

/** One open document. */
export class ViewerState {
  info = $state.raw<Info>();
  /** Why nothing can be shown at all. */
  failure = $state.raw<Failure>();
  zoom = $state<Zoom>('width');
  turn = $state<Turn>(0);
  view = $state.raw<View>({ width: 0, height: 0 });
  scroll = $state.raw({ left: 0, top: 0 });
  /** Thumbnails that show. */
  strip = $state.raw<Range>();
  /** The page the whole-page fit looks at. */
  #fitted = $state(0);
  #images = $state(0);

  readonly #learned = new SvelteMap<number, Size>();
  readonly pages = $derived.by(() => {
    const pages = this.info?.pages ?? [];
    return this.#learned.size === 0 ? pages : pages.map((size, page) => this.#learned.get(page) ?? size);
  });
  readonly scale = $derived(scaleOf(this.zoom, this.pages, this.#fitted, this.turn, this.view));
  readonly layout = $derived(layOut(this.pages, { scale: this.scale, turn: this.turn, viewWidth: this.view.width }));
  readonly visible = $derived(visibleRange(this.layout, this.scroll.top, this.view.height));
  readonly current = $derived(currentPage(this.layout, this.scroll.top, this.view.height));
  readonly hits = $derived.by(() => byPage(this.finder.hits));

  readonly finder: Finder;
  readonly texts: Texts;
  readonly #store: Images;
  readonly #sharp = new Map<number, string>();
  readonly #closing = new AbortController();
  #direction: 1 | -1 = 1;
  #scroller: HTMLElement | undefined;
  #resume: Memory | undefined;

  constructor(
    private readonly source: Source,
    private readonly key: string,
    private readonly pixelRatio: number,
  ) {
    this.#store = new Images(source, () => (this.#images += 1));
    this.texts = new Texts(source);
    this.finder = new Finder(
      source,
      () => this.current,
      (hit) => this.reveal(hit),
    );
  }

  /** Asks what the document is; draws nothing yet. */
  async open(): Promise<void> {
    this.failure = undefined;
    try {
      const info = await this.source.info(this.#closing.signal);
      this.failure = info.problem;
      this.info = info;
      this.#resume = memories.get(this.key);
      if (this.#resume) [this.zoom, this.turn] = [this.#resume.zoom, this.#resume.turn];
      this.#arrive();
    } catch (error) {
      if (this.#closing.signal.aborted) return;
      this.failure = error instanceof Failed ? error.failure : { code: 'unreachable', sentence: '', hint: '' };
    }
  }

  /** Tries again what failed. */
  retry(): void {
    this.#store.retry();
    this.#images += 1;
    if (this.failure) void this.open();
    else this.wish();
  }

  close(): void {
    this.#remember();
    this.#closing.abort();
    this.finder.close();
    this.texts.close();
    this.#store.close();
  }

  /** Connects the view with the element that scrolls. */
  attach(scroller: HTMLElement): () => void {
    this.#scroller = scroller;
    const measure = new ResizeObserver(() => this.#resize(scroller));
    measure.observe(scroller);
    return () => {
      measure.disconnect();
      this.#remember();
      this.#scroller = undefined;
    };
  }

  /** To be told of every scroll. */
  scrolled(left: number, top: number): void {
    if (top !== this.scroll.top) this.#direction = top > this.scroll.top ? 1 : -1;
    this.scroll = { left, top };
  }

  /** Asks for the images that are wanted now. */
  wish(): void {
    if (this.pages.length === 0 || this.view.width === 0) return;
    const { visible, strip } = this;
    const shown = (page: number): boolean => page >= visible.first && page <= visible.last;
    const wishes: Wish[] = wanted(visible, this.pages.length, this.#direction).map(({ page, quality }) => ({
      path: quality === 'preview' ? imagePath(page, PREVIEW_PX) : this.#sharpPath(page),
      urgency: shown(page) ? 'visible' : 'ahead',
    }));
    const known = new Set(wishes.map(({ path }) => path));
    for (let page = strip?.first ?? 0; page <= (strip?.last ?? -1); page += 1) {
      const path = imagePath(page, PREVIEW_PX);
      if (!known.has(path)) wishes.push({ path, urgency: 'thumbnail' });
    }
    this.#store.want(wishes);
  }

  /** Addresses of what there is of a page, the best last. Each covers the one before. */
  layers(page: number): string[] {
    void this.#images;
    const path = this.#sharpPath(page);
    const sharp = this.#store.get(path);
    if (sharp) this.#sharp.set(page, path);
    const older = sharp ?? this.#store.get(this.#sharp.get(page) ?? '');
    const preview = this.#store.get(imagePath(page, PREVIEW_PX));
    return [preview?.url, older?.url].filter((url) => url !== undefined);
  }

  /** The small image of a page. */
  thumbnail(page: number): string | undefined {
    void this.#images;
    return this.#store.get(imagePath(page, PREVIEW_PX))?.url;
  }

  /** Why a page cannot be drawn. */
  failureOf(page: number): Failure | undefined {
    void this.#images;
    return this.#store.failure(this.#sharpPath(page));
  }

  /** An image says what a page really looks like, where its size was only guessed. */
  learn(page: number, image: { readonly naturalWidth: number; readonly naturalHeight: number }): void {
    const guess = this.pages[page];
    if (!guess || page < (this.info?.sizes_known ?? Infinity) || image.naturalWidth === 0) return;
    const height = (guess.w * image.naturalHeight) / image.naturalWidth;
    if (Math.abs(height - guess.h) < guess.h * 0.01) return;
    this.#keeping({ x: this.view.width / 2, y: 0 }, () => this.#learned.set(page, { w: guess.w, h: height }));
  }

  /** Chooses a size; the point at `at` (in the window, a third down if not said) stays where it is. */
  setZoom(zoom: Zoom, at = this.#eye()): void {
    this.#keeping(at, () => {
      this.#fitted = this.current;
      this.zoom = zoom;
    });
  }

  /** A step larger or smaller. */
  zoomBy(direction: 1 | -1, at = this.#eye()): void {
    this.setZoom(stepZoom(this.scale, direction), at);
  }

  /** Turns the view a quarter, the document stays as it is. */
  turnView(): void {
    const page = this.current;
    this.turn = turnOn(this.turn);
    flushSync();
    this.goTo(page);
  }

  /** Brings a page to the upper edge. */
  goTo(page: number): void {
    const target = Math.min(Math.max(page, 0), this.pages.length - 1);
    if (this.zoom === 'page' && this.#fitted !== target) {
      this.#fitted = target;
      flushSync();
    }
    this.#scrollTo(this.scroll.left, topOf(this.layout, target));
  }

  /** Almost a window further or back. */
  pageOn(direction: 1 | -1): void {
    this.#scrollTo(this.scroll.left, pagingStep(this.layout, this.scroll.top, this.view.height, direction));
  }

  /** Brings a hit into view. */
  reveal(hit: Hit): void {
    const [page, box, size] = [this.layout.pages[hit.page], hit.boxes[0], this.pages[hit.page]];
    if (!page || !box || !size) return;
    const factor = PX_PER_PT * this.scale;
    const there = turnedBox(box, size, this.turn);
    const place = {
      x: page.left + there.x * factor,
      y: page.top + there.y * factor,
      w: there.w * factor,
      h: there.h * factor,
    };
    const { left, top } = revealing(place, { ...this.scroll, ...this.view });
    this.#scrollTo(left, top);
  }

  #sharpPath(page: number): string {
    const size = this.pages[page];
    return imagePath(page, size ? sharpWidth(size, this.scale, this.pixelRatio) : PREVIEW_PX);
  }

  #resize(scroller: HTMLElement): void {
    const view = { width: scroller.clientWidth, height: scroller.clientHeight };
    if (view.width === this.view.width && view.height === this.view.height) return;
    if (this.view.width === 0) {
      this.view = view;
      this.#arrive();
    } else {
      this.#keeping({ x: view.width / 2, y: 0 }, () => (this.view = view));
    }
  }

  /** Once both the document and the window are known: goes back to where somebody was. */
  #arrive(): void {
    if (!this.info || this.view.width === 0 || !this.#resume) return;
    flushSync();
    const { x, y } = pointOf(this.layout, this.#resume.anchor);
    this.#scrollTo(x - this.view.width / 2, y);
    this.#resume = undefined;
  }

  #remember(): void {
    if (!this.info || this.view.width === 0) return;
    const anchor = anchorAt(this.layout, this.scroll.left + this.view.width / 2, this.scroll.top);
    memories.delete(this.key);
    memories.set(this.key, { zoom: this.zoom, turn: this.turn, anchor });
    const oldest = memories.keys().next().value;
    if (memories.size > MEMORY_MAX && oldest !== undefined) memories.delete(oldest);
  }

  #keeping(at: { x: number; y: number }, change: () => void): void {
    const anchor = anchorAt(this.layout, this.scroll.left + at.x, this.scroll.top + at.y);
    change();
    flushSync();
    const { x, y } = pointOf(this.layout, anchor);
    this.#scrollTo(x - at.x, y - at.y);
  }

  #scrollTo(left: number, top: number): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    scroller.scrollTo({ left, top, behavior: 'instant' });
    this.scrolled(scroller.scrollLeft, scroller.scrollTop);
  }

  #eye(): { x: number; y: number } {
    return { x: this.view.width / 2, y: this.view.height / 3 };
  }
}
