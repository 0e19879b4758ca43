/** Where somebody was in each view, so that coming back finds it as it was left. */
import type { Route, View } from '../lib/route';
import { go, route } from '../lib/route.svelte';

const left = new Map<View, Route>();

/** Goes to a view, to where it was left; to its beginning if it is shown already. */
export function visitView(view: View): void {
  const here = route();
  left.set(here.view, here);
  if (here.view === view) return;
  go(left.get(view) ?? { view, item: undefined, query: {} });
}
