/** How it stands with the Zentrale, kept up to date for the whole window. */
import { getContext } from 'svelte';

import { status } from './api/commands';
import { live } from './live.svelte';

export const STANDING = Symbol('standing');

/** Made once, by the desk. */
export class Standing {
  readonly #status = live(
    status,
    () => ({}),
    () => ['status', '*'],
  );

  get now() {
    return this.#status.data;
  }

  get failure() {
    return this.#status.failure;
  }

  reload(): void {
    this.#status.reload();
  }
}

/** Asked for by whatever stands within the desk. */
export function standing(): Standing {
  return getContext<Standing>(STANDING);
}
