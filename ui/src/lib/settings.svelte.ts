/**
 * How this window looks to whoever sits before it. Kept by the window itself, because it has to be known before the
 * desk is open; nothing of the office is in it.
 */

import { zoomWindow } from './api/window';

export type Theme = 'system' | 'light' | 'dark';

/** How large everything can be shown, in percent. */
export const ZOOM_PERCENTS = [80, 90, 100, 110, 125, 150, 175, 200, 250, 300] as const;

export interface Settings {
  theme: Theme;
  /** How large everything is shown; one of `ZOOM_PERCENTS`. */
  zoomPercent: number;
  /** Whether single letters do something outside of texts; off for those who speak to their computer. */
  singleKeys: boolean;
  navigationPx: number;
  listPx: number;
  listHidden: boolean;
  /** Whether the three sentences of the first start have been read. */
  greeted: boolean;
}

const PLACE = 'kontor.window';

/** A wide screen has room for whole titles. */
const WIDE_PX = 1600;

export const USUAL: Settings = {
  theme: 'system',
  zoomPercent: 100,
  singleKeys: true,
  navigationPx: 208,
  listPx: innerWidth >= WIDE_PX ? 460 : 372,
  listHidden: false,
  greeted: false,
};

/** The settings; what is set here is kept. */
export const settings: Settings = $state({ ...USUAL, ...load() });

/** Keeps them and shows the theme as long as the window is there; the answer ends it. */
export function keepSettings(): () => void {
  return $effect.root(() => {
    $effect(() => {
      try {
        localStorage.setItem(PLACE, JSON.stringify(settings));
      } catch {
        // Without a place to keep them they hold until the window is closed.
      }
    });
    $effect(() => {
      const root = document.documentElement;
      if (settings.theme === 'system') root.removeAttribute('data-kern-theme');
      else root.setAttribute('data-kern-theme', settings.theme);
    });
    $effect(() => void zoomWindow(settings.zoomPercent));
  });
}

/** Everything one step larger or smaller. */
export function stepZoom(direction: 1 | -1): void {
  const at = settings.zoomPercent;
  const next = direction === 1 ? ZOOM_PERCENTS.find((one) => one > at) : ZOOM_PERCENTS.findLast((one) => one < at);
  settings.zoomPercent = next ?? at;
}

/** Everything as large as at first. */
export function resetZoom(): void {
  settings.zoomPercent = USUAL.zoomPercent;
}

/** The panes as they were at first. */
export function resetPanes(): void {
  const { navigationPx, listPx, listHidden } = USUAL;
  Object.assign(settings, { navigationPx, listPx, listHidden });
}

/** What was kept, as far as it fits. */
function load(): Partial<Settings> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(PLACE) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return {};
    const fits = Object.entries(kept).filter(([name, value]) => typeof value === typeof USUAL[name as keyof Settings]);
    return Object.fromEntries(fits) as Partial<Settings>;
  } catch {
    return {};
  }
}
