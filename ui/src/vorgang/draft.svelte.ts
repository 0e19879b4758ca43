/** A text somebody is writing, kept on this machine until it is saved or thrown away. */

import { draftDrop, draftGet, draftKeep } from '../lib/api/commands';

/** So long after the last key it is kept. */
const IDLE_MS = 400;

/** One text in progress. */
export class Draft {
  text = $state('');
  /** It has been kept as it stands. */
  kept = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #touched = false;

  /** `name` says which form of which thing it belongs to. */
  constructor(private readonly name: string) {}

  /** Takes up what was written before, unless somebody has begun to write already. */
  async resume(): Promise<void> {
    const { answer } = await draftGet({ name: this.name });
    if (this.#touched || !answer.draft) return;
    this.text = answer.draft.body;
    this.kept = true;
  }

  /** To be told of every change. */
  write(text: string): void {
    this.text = text;
    this.#touched = true;
    this.kept = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.keep(), IDLE_MS);
  }

  /** Keeps it now. */
  async keep(): Promise<void> {
    clearTimeout(this.#timer);
    if (!this.#touched || this.kept) return;
    const written = this.text;
    if (written.trim() === '') await draftDrop({ name: this.name });
    else await draftKeep({ name: this.name, body: written });
    this.kept = written === this.text && written.trim() !== '';
  }

  /** It has been saved for good. */
  async done(): Promise<void> {
    clearTimeout(this.#timer);
    this.text = '';
    this.#touched = false;
    await draftDrop({ name: this.name });
  }
}

/** The name of the draft of a Notiz. */
export function notizDraft(vorgang: string): string {
  return `notiz/${vorgang}`;
}
