/** Whether the desk may be shown: signed in, unlocked, its data open. Holds no markup. */
import { sessionLock, sessionState, type SessionStateSession } from '../lib/api/commands';
import { dropAll } from '../lib/cache';
import { live } from '../lib/live.svelte';
import { recallKept } from '../lib/kept.svelte';
import { sayFailure } from '../lib/say.svelte';
import { standing } from '../lib/standing.svelte';

/** What is shown instead of the desk; nothing if the desk may be. */
export type Gate = 'beginning' | 'passphrase' | 'sign_in' | 'locked' | 'lease_over' | undefined;

/** Real input is looked at this often. */
const IDLE_CHECK_MS = 5_000;

export class Session {
  readonly #stand = standing();
  readonly #state = live(
    sessionState,
    () => ({}),
    () => ['status', 'session'],
  );
  #touchedAt = Date.now();

  get state(): SessionStateSession | undefined {
    return this.#state.data;
  }

  readonly gate: Gate = $derived.by(() => {
    const codes = [this.#state.failure?.code, this.#stand.failure?.code];
    if (codes.includes('passphrase_needed')) return 'passphrase';
    const state = this.#state.data;
    if (!state) return this.#state.failure ? undefined : 'beginning';
    if (state.lease_over) return 'lease_over';
    if (state.locked) return 'locked';
    if (this.#stand.now?.person === null) return 'sign_in';
    return this.#stand.now ? undefined : 'beginning';
  });

  constructor() {
    $effect(() => {
      if (this.gate === undefined) void recallKept();
    });
    $effect(() => this.#watchIdleness());
  }

  /** Asks anew for everything: somebody has come in, or has to. */
  renew(): void {
    dropAll();
  }

  /** Locks the desk, if there is a PIN to open it again. */
  async lock(): Promise<void> {
    try {
      await sessionLock();
    } catch (error) {
      sayFailure(error);
    }
    this.renew();
  }

  #watchIdleness(): () => void {
    const touched = () => (this.#touchedAt = Date.now());
    const kinds = ['pointerdown', 'keydown', 'wheel'] as const;
    for (const kind of kinds) window.addEventListener(kind, touched, { passive: true, capture: true });
    const timer = setInterval(() => {
      const state = this.#state.data;
      const idle = Date.now() - this.#touchedAt;
      if (state?.pin_set && !state.locked && idle > state.idle_minutes * 60_000) void this.lock();
    }, IDLE_CHECK_MS);
    return () => {
      clearInterval(timer);
      for (const kind of kinds) window.removeEventListener(kind, touched, { capture: true });
    };
  }
}
