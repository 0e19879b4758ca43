/** Files that are taken in: one after another, each refused one with its reason. */

import { act } from '../lib/act.svelte';
import type { Answer } from '../lib/api/commands';
import type { ChosenFile } from '../lib/api/window';
import { failureOf } from '../lib/failure';
import { vorgang as words } from '../lib/texts/vorgang';

/** A file that was not taken in, and why. */
export interface Refused {
  readonly name: string;
  readonly sentence: string;
  readonly hint: string;
}

/** Every file is an entry of its own. */
interface Entered {
  readonly entry: string;
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
  async take(files: readonly ChosenFile[], add: (file: ChosenFile) => Promise<Answer<Entered>>): Promise<void> {
    if (!this.busy) [this.done, this.all, this.refused] = [0, 0, []];
    this.all += files.length;
    const entries: string[] = [];
    for (const file of files) {
      try {
        entries.push((await add(file)).answer.entry);
      } catch (error) {
        const { sentence, hint } = failureOf(error);
        this.refused = [...this.refused, { name: file.name, sentence, hint }];
      }
      this.done += 1;
    }
    if (entries.length === 0) return;
    await act(() => Promise.resolve({ answer: entries, changed: [] }), {
      done: words.done.added(entries.length),
      entries: (taken) => taken,
    });
  }

  /** The list of refused files has been read. */
  read(): void {
    this.refused = [];
  }
}
