/** What each view puts into the list, and whether it takes the whole desk for it. */
import type { Component } from 'svelte';

import type { Route, View } from '../lib/route';
import Akten from './Akten.svelte';
import Eingaenge from './Eingaenge.svelte';
import Einstellungen from './Einstellungen.svelte';
import Suche from './Suche.svelte';
import Vorgaenge from './Vorgaenge.svelte';
import Wartet from './Wartet.svelte';
import Wiedervorlagen from './Wiedervorlagen.svelte';

export interface Pane {
  readonly list: Component;
  /** Whether there is no workspace beside it. */
  readonly wide: (route: Route) => boolean;
}

const narrow = () => false;

export const PANES: Readonly<Record<View, Pane>> = {
  eingang: { list: Eingaenge, wide: narrow },
  vorgaenge: { list: Vorgaenge, wide: ({ query, item }) => query['tabelle'] === '1' && item === undefined },
  wiedervorlagen: { list: Wiedervorlagen, wide: narrow },
  akten: { list: Akten, wide: narrow },
  suche: { list: Suche, wide: narrow },
  wartet: { list: Wartet, wide: narrow },
  einstellungen: { list: Einstellungen, wide: () => true },
};
