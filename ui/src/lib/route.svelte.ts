/**
 * Where the desk is: `#/eingang/eingang/0190…/verlauf?q=…` is the view, what is open in the workspace, and its tab.
 * It lives in the address, so that Back works as in every program that has it.
 */
import { format, parse, type Route } from './route';

let here = $state.raw<Route>(parse(typeof location === 'undefined' ? '' : location.hash));

/** Where the desk is now. */
export function route(): Route {
  return here;
}

/** Goes somewhere; what is left out of `to` stays as it is, except that another view begins empty. */
export function go(to: Partial<Route>): void {
  visit(to, 'push');
}

/** As `go`, but without a place in the way back: for moving through a list. */
export function turn(to: Partial<Route>): void {
  visit(to, 'replace');
}

/** Hears of the way back; the answer ends it. */
export function followHistory(): () => void {
  const read = () => (here = parse(location.hash));
  window.addEventListener('popstate', read);
  window.addEventListener('hashchange', read);
  return () => {
    window.removeEventListener('popstate', read);
    window.removeEventListener('hashchange', read);
  };
}

function visit(to: Partial<Route>, how: 'push' | 'replace'): void {
  const elsewhere = to.view !== undefined && to.view !== here.view;
  const other = 'item' in to && to.item !== here.item;
  const next: Route = {
    view: to.view ?? here.view,
    item: 'item' in to ? to.item : elsewhere ? undefined : here.item,
    tab: 'tab' in to ? to.tab : elsewhere || other ? undefined : here.tab,
    query: to.query ?? (elsewhere ? {} : here.query),
  };
  const address = format(next);
  if (address === format(here)) return;
  here = next;
  if (how === 'push') history.pushState(null, '', address);
  else history.replaceState(null, '', address);
}
