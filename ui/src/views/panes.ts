/** What each view puts into the list, and whether it takes the whole desk for it. */
import type { Component } from 'svelte';

import type { Route, View } from '../lib/route';
import Eingaenge from './Eingaenge.svelte';

export interface Pane {
  readonly list: Component;
  /** Whether there is no workspace beside it. */
  readonly wide: (route: Route) => boolean;
}

const narrow = () => false;

export const PANES: Readonly<Record<View, Pane>> = {
  eingang: { list: Eingaenge, wide: narrow },
  vorgaenge: { list: Eingaenge, wide: narrow },
  wiedervorlagen: { list: Eingaenge, wide: narrow },
  akten: { list: Eingaenge, wide: narrow },
  suche: { list: Eingaenge, wide: narrow },
  wartet: { list: Eingaenge, wide: narrow },
  einstellungen: { list: Eingaenge, wide: narrow },
};
