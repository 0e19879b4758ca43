/** The open Vorgang: what is known of it, which form is open, and the next step. Holds no markup. */

import { conflicts, CONFLICTS_ON } from '../fassungen/list';
import { draftGet, vorgangHistory } from '../lib/api/commands';
import { today } from '../lib/clock.svelte';
import { live } from '../lib/live.svelte';
import { go } from '../lib/route.svelte';
import { vorgang as words } from '../lib/texts/vorgang';
import { left } from '../lib/when';
import { assign, setStatus, tickOff } from './deeds';
import { notizDraft } from './draft.svelte';
import type { Frist, Vorgang } from './model';
import { Names } from './names.svelte';
import { nextStep, type Step } from './next';

/** A form that stands open, and about which part. */
export type Form =
  | { readonly kind: 'notiz' | 'assign' | 'file' | 'files' | 'move' | 'close' | 'rename' }
  | { readonly kind: 'wiedervorlage' | 'frist'; readonly id?: string }
  | { readonly kind: 'remove_frist' | 'rename_file'; readonly id: string };

/** Everything its parts share. Make it while the workspace is being set up. */
export class Desk {
  readonly names = new Names();
  form = $state.raw<Form>();
  /** When a Notiz was begun that is not saved. */
  draftSince = $state<number>();
  /** Why it is closed; kept while something is settled on the way. */
  closingGrund = $state('');
  /** The form to come back to when another, opened on its way, is left. */
  #back: Form | undefined;
  /** Where the focus goes back to when a form is left. */
  #opener: HTMLElement | undefined;

  readonly history;
  readonly #conflicts = live(
    conflicts,
    () => (this.vorgang.contested.length > 0 ? {} : undefined),
    () => CONFLICTS_ON,
  );

  constructor(private readonly shown: () => Vorgang) {
    this.history = live(
      vorgangHistory,
      () => ({ vorgang: this.vorgang.id }),
      () => [`vorgang/${this.vorgang.id}`],
    );
    $effect(() => void this.#lookForDraft(this.vorgang.id, this.form));
  }

  get vorgang(): Vorgang {
    return this.shown();
  }

  get step(): Step | undefined {
    return this.names.mayWork ? nextStep(this.vorgang, this.names.me, today()) : undefined;
  }

  /** Whether things can be added and changed. */
  get changeable(): boolean {
    return this.names.mayWork && this.vorgang.status !== 'zd_a';
  }

  /** Opens a form; what has the focus now gets it back. */
  show(form: Form): void {
    if (!this.form && document.activeElement instanceof HTMLElement) this.#opener = document.activeElement;
    this.form = form;
    this.#back = undefined;
  }

  /** Opens a form on the way of the one that is open; leaving it leads back there. */
  detour(form: Form): void {
    const back = this.form;
    this.show(form);
    this.#back = back;
  }

  /** Leaves the form. */
  leave(): void {
    const back = this.#back;
    this.#back = undefined;
    this.form = back;
    if (back) return;
    this.closingGrund = '';
    const opener = this.#opener;
    this.#opener = undefined;
    if (opener?.isConnected) opener.focus();
    else document.getElementById('arbeitsbereich')?.focus();
  }

  /** Assigns it to whoever sits here. */
  async take(): Promise<void> {
    const { me } = this.names;
    if (me !== undefined) await assign(this.vorgang, me, words.done.taken);
  }

  /** Does the next step, or opens the form for it. */
  async do(step: Step): Promise<void> {
    switch (step) {
      case 'resolve':
        this.resolve();
        return;
      case 'take':
        await this.take();
        return;
      case 'begin':
      case 'resume':
        await setStatus(this.vorgang, 'in_bearbeitung');
        return;
      case 'file':
        this.show({ kind: 'file' });
        return;
      case 'tick_off': {
        const due = this.vorgang.wiedervorlagen.find(({ am, erledigt }) => !erledigt && am <= today());
        if (due) await tickOff(this.vorgang, due.id);
        return;
      }
      case 'remind':
        this.show({ kind: 'wiedervorlage' });
        return;
      case 'close':
        this.show({ kind: 'close' });
    }
  }

  /** Goes to where somebody decides between two Fassungen. */
  resolve(): void {
    const here = this.#conflicts.data?.conflicts.find(({ entity }) => entity === `vorgang/${this.vorgang.id}`);
    go({ view: 'wartet', item: here && `conflict/${here.conflict}` });
  }

  /** How much time a Frist leaves. */
  leftOf({ ende, workdays_left: days }: Frist): string {
    return days === null || ende < today() ? left(ende, today()) : words.workdays(days);
  }

  /** Start, rule and every shift of a Frist. */
  explain({ sentences }: Frist): string {
    return sentences.join(' ');
  }

  async #lookForDraft(vorgang: string, form: Form | undefined): Promise<void> {
    if (form?.kind === 'notiz') return;
    const { answer } = await draftGet({ name: notizDraft(vorgang) });
    if (this.vorgang.id === vorgang) this.draftSince = answer.draft?.saved_at;
  }
}
