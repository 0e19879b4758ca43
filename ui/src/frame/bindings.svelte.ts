/** What keys do wherever one stands. */
import { canUndo, undoLast } from '../lib/act.svelte';
import { bind } from '../lib/keys/registry.svelte';
import { go, route } from '../lib/route.svelte';
import { VIEWS } from '../lib/route';
import { settings } from '../lib/settings.svelte';
import { visitView } from './places';
import type { Session } from './session.svelte';

export function bindFrame(session: () => Session): void {
  bind(() => ({
    ...Object.fromEntries(VIEWS.map((view) => [view, () => visitView(view)])),
    whence: { run: () => history.back(), hidden: true },
    hideList: () => (settings.listHidden = !settings.listHidden),
    ...(session().state?.pin_set ? { lock: () => void session().lock() } : {}),
    ...(canUndo() ? { undo: () => void undoLast() } : {}),
    ...(route().item === undefined ? {} : { back: { run: () => go({ item: undefined }), hidden: true } }),
  }));
}
