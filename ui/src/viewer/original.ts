/** The original of a document, kept as a file of its own: from beside a Vorgang, or from a window of its own. */
import { schriftstueckExport, type SchriftstueckExportPayload } from '../lib/api/commands';
import { saveFile } from '../lib/api/window';
import { say, sayFailure } from '../lib/say.svelte';
import { viewer as words } from '../lib/texts/viewer';

/** Where it lies, and what it is called when nobody says otherwise. */
export interface Original extends Omit<SchriftstueckExportPayload, 'path'> {
  readonly name: string;
}

/** Asks where to, and saves it there. */
export async function saveOriginal({ name, ...wanted }: Original): Promise<void> {
  try {
    const path = await saveFile(name);
    if (path === null) return;
    await schriftstueckExport({ ...wanted, path });
    say(words.saved(name));
  } catch (error) {
    sayFailure(error);
  }
}

/** As it stands in the address of a window; nothing where that is damaged. */
export function parseOriginal(text: string | null): Original | undefined {
  try {
    const read: unknown = JSON.parse(text ?? '');
    return isOriginal(read) ? read : undefined;
  } catch {
    return undefined;
  }
}

function isOriginal(read: unknown): read is Original {
  if (typeof read !== 'object' || read === null) return false;
  return 'name' in read && typeof read.name === 'string' && 'schriftstueck' in read;
}
