/** Files that are taken in: one after another, each refused one with its reason. */

import type { ChosenFile } from '../lib/api/window';
import { say } from '../lib/say.svelte';
import { failureOf } from '../lib/failure';
import { vorgang as words } from '../lib/texts/vorgang';

/** A file that was not taken in, and why. */
export interface Refused {
  readonly name: string;
  readonly sentence: string;
  readonly hint: string;
}

/** What is being taken in at the moment. */
export class Intake {
  done = $state(0);
  all = $state(0);
  refused = $state.raw<readonly Refused[]>([]);

  get busy(): boolean {
    return this.done < this.all;
  }

  /** Takes files in. `add` rejects with the reason; the others go on. */
  async take(files: readonly ChosenFile[], add: (file: ChosenFile) => Promise<unknown>): Promise<void> {
    if (!this.busy) [this.done, this.all, this.refused] = [0, 0, []];
    this.all += files.length;
    let taken = 0;
    for (const file of files) {
      try {
        await add(file);
        taken += 1;
      } catch (error) {
        const { sentence, hint } = failureOf(error);
        this.refused = [...this.refused, { name: file.name, sentence, hint }];
      }
      this.done += 1;
    }
    if (taken > 0) say(words.done.added(taken));
  }

  /** The list of refused files has been read. */
  read(): void {
    this.refused = [];
  }
}
