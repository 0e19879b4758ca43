/** How large a page is shown. */

import { GAP_PX } from './layout';
import { PX_PER_PT, turned, type Size, type Turn } from './document';

/** What somebody chose: a fit that follows the window, or a size that stays. */
export type Zoom = 'width' | 'page' | number;

export const ZOOM_MIN = 0.5;
export const ZOOM_MAX = 4;
const STEPS = [0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4] as const;

/** Above this height browsers lose count of pixels (2²⁵ less a margin). */
const COLUMN_PX_MAX = 30_000_000;

/** The window onto the pages, in CSS pixels. */
export interface View {
  readonly width: number;
  readonly height: number;
}

/**
 * The size that comes of a choice; 1 is 100 %. A fit may go below what can be chosen by hand: a plan in A0 has to fit too.
 */
export function scaleOf(zoom: Zoom, pages: readonly Size[], current: number, turn: Turn, view: View): number {
  if (typeof zoom === 'number') return Math.min(clamp(zoom), columnMax(pages, turn));
  const shown = pages[current] ?? pages[0];
  if (!shown || view.width <= 0) return 1;
  // The width follows the widest page, else the column would jump while scrolling over pages of unlike width.
  const widest = pages.reduce((widest, page) => Math.max(widest, turned(page, turn).w), 0);
  const across = (view.width - 2 * GAP_PX) / (widest * PX_PER_PT);
  const size = turned(shown, turn);
  const down = (view.height - 2 * GAP_PX) / (size.h * PX_PER_PT);
  const fit = zoom === 'width' ? across : Math.min(down, (view.width - 2 * GAP_PX) / (size.w * PX_PER_PT));
  return Math.min(Math.max(fit, 0.05), ZOOM_MAX, columnMax(pages, turn));
}

/** The next size up or down from the one shown. */
export function stepZoom(scale: number, direction: 1 | -1): number {
  const larger = STEPS.find((step) => step > scale * 1.01);
  const smaller = STEPS.findLast((step) => step < scale * 0.99);
  return direction === 1 ? (larger ?? ZOOM_MAX) : (smaller ?? ZOOM_MIN);
}

/** „125 %“ as somebody typed it; none if it is no size. */
export function readZoom(text: string): number | undefined {
  const digits = /^\s*(\d{1,4})\s*%?\s*$/.exec(text)?.[1];
  return digits === undefined ? undefined : clamp(Number(digits) / 100);
}

function clamp(scale: number): number {
  return Math.min(Math.max(scale, ZOOM_MIN), ZOOM_MAX);
}

function columnMax(pages: readonly Size[], turn: Turn): number {
  const points = pages.reduce((sum, page) => sum + turned(page, turn).h, 0);
  return points > 0 ? COLUMN_PX_MAX / (points * PX_PER_PT) : ZOOM_MAX;
}

/** Widths asked for are multiples of this, so that dragging a border does not ask anew at every pixel. */
const WIDTH_STEP = 64;
/** Wider images cost more memory than the eye gets out of them. */
const WIDTH_PX_MAX = 4096;

/** So wide is the small image that stands in until the sharp one is there, and that the strip shows. */
export const PREVIEW_PX = 128;

/** How wide an image to ask for, in device pixels, to be sharp at this size. */
export function sharpWidth(page: Size, scale: number, pixelRatio: number): number {
  const wanted = page.w * PX_PER_PT * scale * pixelRatio;
  return Math.min(Math.ceil(wanted / WIDTH_STEP) * WIDTH_STEP, WIDTH_PX_MAX);
}
