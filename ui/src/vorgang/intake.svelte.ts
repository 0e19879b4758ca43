/** Files on their way into a Vorgang: looked at, shown, then taken in together or not at all. */

import { act } from '../lib/act.svelte';
import { schriftstueckAddAll, schriftstueckLook } from '../lib/api/commands';
import type { ChosenFile } from '../lib/api/window';
import { sayFailure } from '../lib/say.svelte';
import { vorgang as words } from '../lib/texts/vorgang';
import { fitting, marked, merged, type Chosen } from './files';

/** What somebody has chosen and not taken in yet. */
export class Intake {
  files = $state.raw<readonly Chosen[]>([]);

  constructor(private readonly vorgang: () => string) {}

  /** Looks at more files; `false` if that was not possible, and has been said. */
  async look(more: readonly ChosenFile[]): Promise<boolean> {
    const paths = [...this.files, ...more].map(({ path }) => path);
    try {
      const { answer } = await schriftstueckLook({ vorgang: this.vorgang(), paths });
      this.files = merged(this.files, answer.files);
      return true;
    } catch (error) {
      sayFailure(error);
      return false;
    }
  }

  /** Calls one something else. */
  name(at: number, betreff: string): void {
    this.files = this.files.map((file, index) => (index === at ? { ...file, betreff } : file));
  }

  /** Leaves one out. */
  leaveOut(at: number): void {
    this.files = this.files.filter((_, index) => index !== at);
  }

  clear(): void {
    this.files = [];
  }

  /** Takes in what fits, all of it or nothing; the reason then stands at the file. */
  async take(): Promise<boolean> {
    const files = fitting(this.files).map(({ path, betreff }) => ({ path, betreff: betreff.trim() || undefined }));
    try {
      const { answer } = await schriftstueckAddAll({ vorgang: this.vorgang(), files });
      if (answer.refused.length > 0) {
        this.files = marked(this.files, answer.refused);
        return false;
      }
      this.clear();
      const entries = answer.added.map(({ entry }) => entry);
      await act(() => Promise.resolve({ answer: entries, changed: [] }), {
        done: words.done.added(entries.length),
        entries: (all) => all,
      });
      return true;
    } catch (error) {
      sayFailure(error);
      return false;
    }
  }
}
